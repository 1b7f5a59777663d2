import { parseActor } from '../actor';
import { categoryIn } from '../enrichment';
import { textOf, type AuditRecord } from '../record';
import { parseAddress, type AddressBlock } from './addressBlock';
import type { Pattern } from './pattern';
import { PRESETS, type Preset } from './presets';
import { searchFor } from './textSearch';

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

/**
 * What to take and what to leave out. Where nothing is to be taken, everything is that is not left
 * out: then also a record that does not have the field, since nothing says that it is left out.
 */
export interface Choice<T> {
	readonly take: readonly T[];
	readonly leave: readonly T[];
}

/** Whether a record passes. */
export type RecordFilter = (record: AuditRecord) => boolean;

/** Makes one test out of the filters, the cheap ones first. Without any, all records pass. */
export function compileFilters(filters: Filters): RecordFilter {
	const tests = [
		byName(filters),
		byCategory(filters),
		byRole(filters),
		byActor(filters),
		byAddress(filters),
		byJson(filters),
	].filter((test): test is RecordFilter => test !== undefined);
	const [only] = tests;
	if (tests.length === 1 && only) return only;
	return (record) => tests.every((test) => test(record));
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

/** The same people, addresses and events come again and again: each is judged once. */
function byText(field: string, judge: (text: string | undefined) => boolean): RecordFilter {
	const judged = new Map<string | undefined, boolean>();
	return (record) => {
		const text = textOf(record, field);
		const known = judged.get(text);
		if (known !== undefined) return known;
		if (judged.size >= MOST_JUDGED) judged.clear();
		const verdict = judge(text);
		judged.set(text, verdict);
		return verdict;
	};
}

/** A log of ever new values must not fill the memory. */
const MOST_JUDGED = 10_000;

function passes<T>({ take, leave }: Choice<(value: T) => boolean>, values: readonly T[]): boolean {
	const fitsOne = (tests: typeof take) => tests.some((fits) => values.some((it) => fits(it)));
	return (take.length === 0 || fitsOne(take)) && !fitsOne(leave);
}

function inLowerCase(texts: readonly string[]): ReadonlySet<string> {
	return new Set(texts.map((text) => text.toLowerCase()));
}
