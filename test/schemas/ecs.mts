import { inspect } from 'node:util';
import { EcsFlat, EcsVersion } from '@elastic/ecs';
import { FIELD_TYPES, isFields, isText } from './ecsFieldTypes.mts';
import { isObject, type Fields } from './fields.mts';

/** The used part of a field's definition. */
interface Field {
	type: string;
	normalize: readonly string[];
	ignore_above?: number;
	index?: boolean;
	/** The type of the values of an `object` without fields of its own. */
	object_type?: string;
	pattern?: string;
	allowed_values?: readonly AllowedValue[];
}

interface AllowedValue {
	name: string;
	/** For a category: the event types that it allows. */
	expected_event_types?: readonly string[];
}

/** The version of the Elastic Common Schema that documents are validated against. */
export const ECS_VERSION: string = EcsVersion;

const FIELDS: ReadonlyMap<string, Field> = new Map(Object.entries<Field>(EcsFlat));

/** Every path above a field: `event`, `user`, `user.target`, ... */
const PARENTS: ReadonlySet<string> = new Set(
	[...FIELDS.keys()].flatMap((path) => {
		const names = path.split('.');
		return names.slice(1).map((_, i) => names.slice(0, i + 1).join('.'));
	}),
);

const EXPECTED_TYPES: ReadonlyMap<string, readonly string[]> = new Map(
	FIELDS.get('event.category')?.allowed_values?.map((category) => [
		category.name,
		category.expected_event_types ?? [],
	]),
);

/** ECS requires the first two; the others are essential for an audit event. */
const CORE = [
	'@timestamp',
	'ecs.version',
	'event.action',
	'event.category',
	'event.id',
	'event.kind',
	'event.outcome',
	'event.type',
];

/**
 * All violations of the Elastic Common Schema, each starting with the field's dotted path. The fields
 * come from Elastic's `@elastic/ecs`; `own` names custom top-level fields, which are not validated but
 * must not have a name of ECS.
 */
export function findEcsProblems(document: Fields, own: readonly string[] = ['celonis']): string[] {
	const taken = own.filter((name) => PARENTS.has(name) || FIELDS.has(name));
	return [
		...taken.map((name) => `${name}: is a name of ECS, not free for custom fields`),
		...CORE.filter((path) => getValueAt(document, path) === undefined).map(
			(path) => `${path}: is missing`,
		),
		...Object.entries(document)
			.filter(([name]) => !own.includes(name))
			.flatMap(([name, value]) => findProblemsAt(name, value)),
		...findVersionProblems(document),
		...findCategoryProblems(document),
	];
}

function findProblemsAt(path: string, value: unknown): string[] {
	if (value === null || value === undefined) return [`${path}: is ${value}`];
	const field = FIELDS.get(path);
	if (field === undefined) {
		if (isFields(value)) return findProblemsWithin(path, value as Fields);
		return [isObject(value) ? `${path}: is an empty object` : `${path}: is not an ECS field`];
	}
	if (!field.normalize.includes('array')) {
		return Array.isArray(value) ? [`${path}: is an array`] : findValueProblems(path, field, value);
	}
	if (!Array.isArray(value)) return [`${path}: is not an array`];
	if (value.length === 0) return [`${path}: is an empty array`];
	return value.flatMap((element) => findValueProblems(path, field, element));
}

function findProblemsWithin(path: string, fields: Fields): string[] {
	return Object.entries(fields).flatMap(([name, value]) =>
		findProblemsAt(`${path}.${name}`, value),
	);
}

/** Problems of one value of a field; an array has several. */
function findValueProblems(path: string, field: Field, value: unknown): string[] {
	const problem = (text: string) => [`${path}: ${inspect(value)} ${text}`];
	const type = FIELD_TYPES.get(field.type);
	if (type === undefined) return problem(`is of an unknown type, ${field.type}`);
	if (!type.holds(value)) return problem(`is not ${type.description}`);
	if (isObject(value) && PARENTS.has(path)) return findProblemsWithin(path, value);
	if (isObject(value) && field.object_type !== undefined) {
		const inner = { type: field.object_type, normalize: [] };
		return Object.entries(value).flatMap(([name, v]) =>
			findValueProblems(`${path}.${name}`, inner, v),
		);
	}
	if (typeof value !== 'string') return [];
	const names = field.allowed_values?.map(({ name }) => name);
	if (names?.includes(value) === false) return problem(`is none of ${names.join(', ')}`);
	if (field.pattern !== undefined && !new RegExp(field.pattern).test(value)) {
		return problem(`does not match ${field.pattern}`);
	}
	// Elasticsearch stores longer texts, but does not index them.
	if (field.index !== false && value.length > (field.ignore_above ?? Infinity)) {
		return [`${path}: is longer than ${field.ignore_above}`];
	}
	return [];
}

function findVersionProblems(document: Fields): string[] {
	const version = getValueAt(document, 'ecs.version');
	if (!isText(version) || version === ECS_VERSION) return [];
	return [`ecs.version: ${inspect(version)} is not ${inspect(ECS_VERSION)}`];
}

/** Problems of categories and event types that do not match. */
function findCategoryProblems(document: Fields): string[] {
	const known = (path: string) => {
		const names = FIELDS.get(path)?.allowed_values?.map(({ name }) => name) ?? [];
		const values = getValueAt(document, path);
		return Array.isArray(values) ? names.filter((name) => values.includes(name)) : [];
	};
	const categories = known('event.category');
	const types = known('event.type');
	if (categories.length === 0 || types.length === 0) return [];
	const isMatch = (category: string, type: string) =>
		EXPECTED_TYPES.get(category)?.includes(type) === true;
	return [
		...types
			.filter((type) => !categories.some((category) => isMatch(category, type)))
			.map((type) => `event.type: '${type}' is not expected of ${categories.join(', ')}`),
		...categories
			.filter((category) => !types.some((type) => isMatch(category, type)))
			.map((category) => `event.category: '${category}' does not expect ${types.join(', ')}`),
	];
}

function getValueAt(document: Fields, path: string): unknown {
	let value: unknown = document;
	for (const name of path.split('.')) value = isObject(value) ? value[name] : undefined;
	return value;
}
