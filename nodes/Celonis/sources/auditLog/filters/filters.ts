import { parseAddress, type AddressBlock } from '../../../filters/addressBlock';
import { passes, type Choice } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import { allOf, byText, inLowerCase, type RecordFilter } from '../../../filters/recordFilter';
import { searchFor } from '../../../filters/textSearch';
import { categoryIn } from '../output/enrichment';
import { parseActor } from '../userId';
import { PRESETS, type Preset } from './presets';

/**
 * What a user wants to see. An event has to pass every filter that is set; the values of one filter
 * are alternatives. Upper and lower case are the same everywhere.
 */
export interface Filters {
	/** Who did it: matched against id, e-mail and the whole `userId`. */
	readonly actors?: Choice<Pattern>;
	/** As items show it: the catalogue's categories, and `Other`. */
	readonly categories?: readonly string[];
	/** Matched against the name of the event. */
	readonly eventPatterns?: Choice<Pattern>;
	/** Names of events. */
	readonly eventTypes?: readonly string[];
	/** Leaves out what Celonis itself did. */
	readonly excludeSystem?: boolean;
	readonly ipAddresses?: Choice<AddressBlock>;
	readonly presets?: readonly Preset[];
	readonly roles?: Choice<Pattern>;
	/** Stands somewhere in the record: see `searchFor`. */
	readonly text?: string;
}

/** Makes one test out of the filters. Without any, all records pass. */
export function compileFilters(filters: Filters): RecordFilter {
	return allOf([
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
	const types = eventTypes && inLowerCase(eventTypes);
	const listed =
		presets && inLowerCase(presets.flatMap<string>((preset) => PRESETS[preset].events));
	return byText('event', (name = '') => {
		const lower = name.toLowerCase();
		if (types && !types.has(lower)) return false;
		if (listed && !listed.has(lower)) return false;
		return !eventPatterns || passes(eventPatterns, name === '' ? [] : [name]);
	});
}

function byCategory({ categories }: Filters): RecordFilter | undefined {
	if (!categories) return undefined;
	const wanted = inLowerCase(categories);
	return (record) => {
		const category = categoryIn(record);
		return typeof category === 'string' && wanted.has(category.trim().toLowerCase());
	};
}

function byActor({ actors, excludeSystem }: Filters): RecordFilter | undefined {
	if (!actors && !excludeSystem) return undefined;
	return byText('userId', (userId) => {
		const { id, email, type } = parseActor(userId);
		if (excludeSystem && type === 'system') return false;
		const names = [id, email, userId].filter((name): name is string => typeof name === 'string');
		return !actors || passes(actors, names);
	});
}

function byRole({ roles }: Filters): RecordFilter | undefined {
	return roles && byText('userRole', (role) => passes(roles, role === undefined ? [] : [role]));
}

function byAddress({ ipAddresses }: Filters): RecordFilter | undefined {
	if (!ipAddresses) return undefined;
	return byText('ipAddress', (text = '') => {
		const address = parseAddress(text);
		return passes(ipAddresses, address ? [address] : []);
	});
}

function byJson({ text }: Filters): RecordFilter | undefined {
	if (text === undefined) return undefined;
	const isFound = searchFor(text);
	return ({ raw }) => isFound(raw);
}
