import { parseAddress, type AddressBlock } from '../../../filters/addressBlock';
import { isIncluded, type IncludeExclude } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import {
	matchAll,
	matchText,
	toLowerCaseSet,
	type RecordFilter,
} from '../../../filters/recordFilter';
import { createTextSearch } from '../../../filters/textSearch';
import { getEventCategory } from '../output/enrichment';
import { parseUserId } from '../userId';
import { PRESETS, type Preset } from './presets';

/**
 * What a user wants to see. An event has to pass every filter that is set; the values of one filter
 * are alternatives. Upper and lower case are the same everywhere.
 */
export interface Filters {
	/** Who did it: matched against id, e-mail and the whole `userId`. */
	readonly actors?: IncludeExclude<Pattern>;
	/** As items show it: the catalogue's categories, and `Other`. */
	readonly categories?: readonly string[];
	/** Matched against the name of the event. */
	readonly eventPatterns?: IncludeExclude<Pattern>;
	/** Names of events. */
	readonly eventTypes?: readonly string[];
	/** Leaves out what Celonis itself did. */
	readonly excludeSystem?: boolean;
	readonly ipAddresses?: IncludeExclude<AddressBlock>;
	readonly presets?: readonly Preset[];
	readonly roles?: IncludeExclude<Pattern>;
	/** Stands somewhere in the record: see `searchFor`. */
	readonly text?: string;
}

/** Makes one test out of the filters. Without any, all records pass. */
export function compileFilters(filters: Filters): RecordFilter {
	return matchAll([
		byName(filters),
		byCategory(filters),
		byRole(filters),
		byActor(filters),
		byAddress(filters),
		byJson(filters),
	]);
}

/** All that depends on the name of the event alone. */
function byName({ eventTypes, eventPatterns, presets }: Filters): RecordFilter | undefined {
	if (!eventTypes && !eventPatterns && !presets) return undefined;
	const types = eventTypes && toLowerCaseSet(eventTypes);
	const listed =
		presets && toLowerCaseSet(presets.flatMap<string>((preset) => PRESETS[preset].events));
	return matchText('event', (name = '') => {
		const lower = name.toLowerCase();
		if (types && !types.has(lower)) return false;
		if (listed && !listed.has(lower)) return false;
		return !eventPatterns || isIncluded(eventPatterns, name === '' ? [] : [name]);
	});
}

function byCategory({ categories }: Filters): RecordFilter | undefined {
	if (!categories) return undefined;
	const wanted = toLowerCaseSet(categories);
	return (record) => {
		const category = getEventCategory(record);
		return typeof category === 'string' && wanted.has(category.trim().toLowerCase());
	};
}

function byActor({ actors, excludeSystem }: Filters): RecordFilter | undefined {
	if (!actors && !excludeSystem) return undefined;
	return matchText('userId', (userId) => {
		const { id, email, type } = parseUserId(userId);
		if (excludeSystem && type === 'system') return false;
		const names = [id, email, userId].filter((name): name is string => typeof name === 'string');
		return !actors || isIncluded(actors, names);
	});
}

function byRole({ roles }: Filters): RecordFilter | undefined {
	return (
		roles && matchText('userRole', (role) => isIncluded(roles, role === undefined ? [] : [role]))
	);
}

function byAddress({ ipAddresses }: Filters): RecordFilter | undefined {
	if (!ipAddresses) return undefined;
	return matchText('ipAddress', (text = '') => {
		const address = parseAddress(text);
		return isIncluded(ipAddresses, address ? [address] : []);
	});
}

function byJson({ text }: Filters): RecordFilter | undefined {
	if (text === undefined) return undefined;
	const isFound = createTextSearch(text);
	return ({ raw }) => isFound(raw);
}
