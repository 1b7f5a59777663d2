import { parseAddress, type AddressBlock } from '../../../filters/addressBlock';
import { isIncluded, type IncludeExclude } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import {
	matchAll,
	matchField,
	toLowerCaseSet,
	type RecordFilter,
} from '../../../filters/recordFilter';
import { createTextSearch } from '../../../filters/textSearch';
import { getEventCategory } from '../output/enrichment';
import { parseUserId } from '../userId';
import { matchAffected, type AffectedFilters } from './affectedFilter';
import { PRESETS, type Preset } from './presets';

/**
 * Filters of the audit log. An event has to pass every filter that is set; the values of one filter
 * are alternatives. All matching is case-insensitive.
 */
export interface Filters extends AffectedFilters {
	/** Matched against the actor's ID, e-mail address and the whole `userId`. */
	readonly actors?: IncludeExclude<Pattern>;
	/** The categories of items: the catalogue's, and `Other`. */
	readonly categories?: readonly string[];
	/** Matched against the name of the event. */
	readonly eventPatterns?: IncludeExclude<Pattern>;
	/** Names of events. */
	readonly eventTypes?: readonly string[];
	/** Whether to exclude events whose actor is Celonis itself. */
	readonly excludeSystem?: boolean;
	readonly ipAddresses?: IncludeExclude<AddressBlock>;
	readonly presets?: readonly Preset[];
	readonly roles?: IncludeExclude<Pattern>;
	/** Text found anywhere in the record: see `createTextSearch`. */
	readonly text?: string;
}

/** Compiles the filters into one. Without any, all records pass. */
export function compileFilters(filters: Filters): RecordFilter {
	return matchAll([
		matchEventName(filters),
		matchCategory(filters),
		matchRole(filters),
		matchActor(filters),
		matchAddress(filters),
		matchAffected(filters),
		matchAnyText(filters),
	]);
}

/** All filters that depend on the name of the event alone. */
function matchEventName({ eventTypes, eventPatterns, presets }: Filters): RecordFilter | undefined {
	if (!eventTypes && !eventPatterns && !presets) return undefined;
	const types = eventTypes && toLowerCaseSet(eventTypes);
	const presetNames =
		presets && toLowerCaseSet(presets.flatMap<string>((preset) => PRESETS[preset].events));
	return matchField('event', (name = '') => {
		const lower = name.toLowerCase();
		if (types && !types.has(lower)) return false;
		if (presetNames && !presetNames.has(lower)) return false;
		return !eventPatterns || isIncluded(eventPatterns, name === '' ? [] : [name]);
	});
}

function matchCategory({ categories }: Filters): RecordFilter | undefined {
	if (!categories) return undefined;
	const names = toLowerCaseSet(categories);
	return (record) => {
		const category = getEventCategory(record);
		return typeof category === 'string' && names.has(category.trim().toLowerCase());
	};
}

function matchActor({ actors, excludeSystem }: Filters): RecordFilter | undefined {
	if (!actors && !excludeSystem) return undefined;
	return matchField('userId', (userId) => {
		const { id, email, type } = parseUserId(userId);
		if (excludeSystem && type === 'system') return false;
		const names = [id, email, userId].filter((name): name is string => typeof name === 'string');
		return !actors || isIncluded(actors, names);
	});
}

function matchRole({ roles }: Filters): RecordFilter | undefined {
	return (
		roles && matchField('userRole', (role) => isIncluded(roles, role === undefined ? [] : [role]))
	);
}

function matchAddress({ ipAddresses }: Filters): RecordFilter | undefined {
	if (!ipAddresses) return undefined;
	return matchField('ipAddress', (text = '') => {
		const address = parseAddress(text);
		return isIncluded(ipAddresses, address ? [address] : []);
	});
}

function matchAnyText({ text }: Filters): RecordFilter | undefined {
	if (text === undefined) return undefined;
	const containsText = createTextSearch(text);
	return ({ raw }) => containsText(raw);
}
