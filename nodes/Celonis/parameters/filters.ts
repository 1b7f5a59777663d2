import { CATEGORIES } from '../audit/catalogue';
import { parseAddressBlock } from '../audit/filters/addressBlock';
import type { Choice, Filters } from '../audit/filters/filters';
import { parseNamePattern, parsePattern } from '../audit/filters/pattern';
import { PRESETS, type Preset } from '../audit/filters/presets';
import { isJsonObject } from '../audit/json';
import { parseEach, readList, refuse, requireChoice, type ParameterPlace } from './lists';

/** What a value has to be, in the words of the error where it is something else. */
interface Demand {
	readonly isNot: string;
	readonly advice: string;
}

const PATTERN: Demand = {
	isNot: 'is not a pattern',
	advice:
		'Write * for any characters and ? for one character, and separate patterns by commas. Regular expressions are not supported: where one of their characters is meant as it is, write ? for it.',
};

const BLOCK: Demand = {
	isNot: 'is not an IP address or CIDR block',
	advice:
		'Use addresses such as 203.0.113.7 or 2001:db8::1, and blocks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas. An exclamation mark in front leaves a block out.',
};

const NAME: Demand = {
	isNot: 'is not the name of an event',
	advice:
		"Patterns with * and ?, and an exclamation mark to leave events out, go under 'Event Patterns'.",
};

/**
 * Reads 'Filters'. One that is empty is not set. A value that can't be used is an error that names
 * it: a filter that silently matches nothing would be a trigger that never starts.
 */
export function readFilters(
	context: ParameterPlace['context'],
	given: unknown,
	itemIndex?: number,
): Filters {
	const placeOf = (displayName: string): ParameterPlace => ({ context, displayName, itemIndex });
	const values = isJsonObject(given) ? given : {};
	const listOf = (displayName: string, name: string) =>
		readList(placeOf(displayName), values[name]);
	const choiceOf = <T>(
		displayName: string,
		name: string,
		parse: (entry: string) => T | undefined,
		demand: Demand,
	) => readChoice(placeOf(displayName), listOf(displayName, name), parse, demand);
	const namesOf = <Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name[] | undefined =>
		unlessEmpty(
			listOf(displayName, name).map((entry) => requireChoice(placeOf(displayName), entry, names)),
		);

	return {
		actors: choiceOf('Actors', 'actors', parsePattern, PATTERN),
		categories: namesOf('Categories', 'categories', CATEGORIES),
		eventPatterns: choiceOf('Event Patterns', 'eventPatterns', parseNamePattern, PATTERN),
		eventTypes: unlessEmpty(
			parseEach(placeOf('Event Types'), listOf('Event Types', 'eventTypes'), parseName, NAME),
		),
		excludeSystem: readBoolean(placeOf('Exclude System Events'), values.excludeSystem),
		ipAddresses: choiceOf('IP Addresses', 'ipAddresses', parseAddressBlock, BLOCK),
		presets: namesOf('Presets', 'preset', Object.keys(PRESETS) as Preset[]),
		roles: choiceOf('Roles', 'roles', parseNamePattern, PATTERN),
		text: readText(placeOf('Text'), values.text),
	};
}

/** Entries with an exclamation mark in front are to be left out. */
function readChoice<T>(
	place: ParameterPlace,
	entries: readonly string[],
	parse: (entry: string) => T | undefined,
	demand: Demand,
): Choice<T> | undefined {
	if (entries.length === 0) return undefined;
	const isLeft = (entry: string) => entry.startsWith('!');
	const left = entries.filter(isLeft);
	const taken = entries.filter((entry) => !isLeft(entry));
	const parseLeft = (entry: string) => {
		const inner = entry.slice(1).trim();
		return inner === '' ? undefined : parse(inner);
	};
	return {
		take: parseEach(place, taken, parse, demand),
		leave: parseEach(place, left, parseLeft, demand),
	};
}

function parseName(entry: string): string | undefined {
	return /^!|[*?]/.test(entry) ? undefined : entry;
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Inner spaces count, those around do not. */
function readText(place: ParameterPlace, value: unknown): string | undefined {
	if (isNothing(value)) return undefined;
	if (typeof value === 'string') return value.trim() || undefined;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return refuse(place, value, 'is not a text', 'Enter one text.');
}

function readBoolean(place: ParameterPlace, value: unknown): boolean {
	if (isNothing(value)) return false;
	const flag = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (flag === true || flag === 'true') return true;
	if (flag === false || flag === 'false') return false;
	return refuse(place, value, 'is neither true nor false', 'Turn the filter on or off.');
}
