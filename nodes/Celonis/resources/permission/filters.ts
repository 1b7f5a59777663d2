import type { INodeProperties } from 'n8n-workflow';
import { isIncluded, type IncludeExclude } from '../../filters/includeExclude';
import { parsePattern, type Pattern } from '../../filters/pattern';
import type { Member } from '../../members/directory';
import { FilterReader, PATTERN } from '../../parameters/filterReader';
import { createFiltersProperty, describeFilters } from '../../parameters/filters';
import type { ParameterReader } from '../../parameters/parameterReader';
import { parseNameList } from '../../records/nameList';
import { toText } from '../../records/text';
import { getSubject, type Permission } from './permission';

/** Whether a permission passes the filters; `member` is the user who has it, if that is known. */
export type PermissionFilter = (permission: Permission, member?: Member) => boolean;

/** A filter of patterns, and the texts of a permission that it is matched against. */
interface PatternFilter {
	readonly displayName: string;
	readonly name: string;
	readonly placeholder: string;
	readonly description: string;
	readonly getTexts: (permission: Permission, member?: Member) => Array<string | undefined>;
}

const SYNTAX =
	'separated by commas. Use * for any characters and ? for one character; prefix with ! to exclude.';

const FILTERS: readonly PatternFilter[] = [
	{
		displayName: 'Actions',
		name: 'actions',
		placeholder: 'e.g. ADMIN, *DELETE*',
		description: `What the permission allows: patterns for one of its actions such as ADMIN, ${SYNTAX}`,
		getTexts: ({ actions }) => parseNameList(actions),
	},
	{
		displayName: 'Objects',
		name: 'objects',
		placeholder: 'e.g. Order to Cash*',
		description: `What the permission is for: patterns for the name or ID of the object such as Order to Cash*, ${SYNTAX}`,
		getTexts: ({ objectName, objectId }) => [toText(objectName), toText(objectId)],
	},
	{
		displayName: 'Services',
		name: 'services',
		placeholder: 'e.g. studio, *integration*',
		description: `Celonis services: patterns for the name of the service such as studio, ${SYNTAX}`,
		getTexts: ({ service }) => [toText(service)],
	},
	{
		displayName: 'Subjects',
		name: 'subjects',
		placeholder: 'e.g. *@example.com, !svc-*',
		description: `Users, groups and applications that have the permission: patterns for their name, e-mail address or ID such as *@example.com, ${SYNTAX} Where names have no e-mail address, turn on 'Add Member Details' to match it.`,
		getTexts: (permission, member) => {
			const { id, name, email } = getSubject(permission);
			return [id, name, email, member?.email];
		},
	},
];

/** The parameter 'Filters' of permissions. */
export const permissionFiltersProperty: INodeProperties = {
	...createFiltersProperty(
		FILTERS.map(({ displayName, name, placeholder, description }) => ({
			displayName,
			name,
			type: 'string',
			default: '',
			placeholder,
			description,
		})),
	),
	description:
		'Which permissions to keep. A permission has to pass every filter; the values of one filter are alternatives. Matching is case-insensitive.',
};

/** Gets 'Filters', as text and compiled. A pattern that cannot be used is an error. */
export function getPermissionFilter(parameters: ParameterReader): {
	readonly passes: PermissionFilter;
	readonly filters: string;
} {
	const collection = parameters.getCollection(permissionFiltersProperty);
	const reader = new FilterReader(collection);
	const tests = FILTERS.flatMap((filter) => {
		const patterns = reader.getIncludeExclude(
			filter.displayName,
			filter.name,
			parsePattern,
			PATTERN,
		);
		return patterns ? [createTest(filter, patterns)] : [];
	});
	return {
		passes: (permission, member) => tests.every((test) => test(permission, member)),
		filters: tests.length > 0 ? describeFilters(permissionFiltersProperty, collection) : '',
	};
}

function createTest(
	{ getTexts }: PatternFilter,
	patterns: IncludeExclude<Pattern>,
): PermissionFilter {
	return (permission, member) => {
		const texts = getTexts(permission, member).filter((text) => text !== undefined);
		return isIncluded(patterns, texts);
	};
}
