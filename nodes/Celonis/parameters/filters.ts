import { CATEGORIES } from '../audit/catalogue';
import { parseAddressBlock } from '../audit/filters/addressBlock';
import type { Choice, Filters } from '../audit/filters/filters';
import { parsePattern } from '../audit/filters/pattern';
import { PRESETS, type Preset } from '../audit/filters/presets';
import { parseEach, readList, type ParameterPlace } from './lists';

type Context = ParameterPlace['context'];

/** The collection 'Filters' as n8n gives it: whatever an expression made of it. */
type Given = Readonly<Record<string, unknown>>;

const PATTERNS = {
	isNot: 'is not a pattern',
	advice:
		'Write * for any characters and ? for one character, and separate patterns by commas. Regular expressions and the characters [ ] { } | ^ \\ ; are not supported: where one of them is meant as it is, write ? for it.',
};

const BLOCKS = {
	isNot: 'is not an IP address or CIDR block',
	advice:
		'Use addresses such as 203.0.113.7 or 2001:db8::1, and blocks such as 10.0.0.0/8 or 2001:db8::/32, separated by commas. An exclamation mark in front leaves a block out.',
};

/**
 * Reads 'Filters'. One that is empty is not set. A value that can't be used is an error that names
 * it: a filter that silently matches nothing would be a trigger that never starts.
 */
export function readFilters(context: Context, given: unknown, itemIndex?: number): Filters {
	const values: Given = typeof given === 'object' && given !== null ? { ...given } : {};
	const placeOf = (displayName: string): ParameterPlace => ({ context, displayName, itemIndex });
	const listOf = (displayName: string, name: string) =>
		readList(placeOf(displayName), values[name]);
	const patternsOf = (displayName: string, name: string) =>
		readChoice(placeOf(displayName), listOf(displayName, name), parsePattern, PATTERNS);

	return {
		actors: patternsOf('Actors', 'actors'),
		categories: readNames(placeOf('Categories'), listOf('Categories', 'categories'), CATEGORIES),
		eventPatterns: patternsOf('Event Patterns', 'eventPatterns'),
		eventTypes: unlessEmpty(listOf('Event Types', 'eventTypes')),
		excludeSystem: values.excludeSystem === true,
		ipAddresses: readChoice(
			placeOf('IP Addresses'),
			listOf('IP Addresses', 'ipAddresses'),
			parseAddressBlock,
			BLOCKS,
		),
		presets: readNames(
			placeOf('Presets'),
			listOf('Presets', 'preset'),
			Object.keys(PRESETS) as Preset[],
		),
		roles: patternsOf('Roles', 'roles'),
		text: readText(values.text),
	};
}

/** Entries with an exclamation mark in front are to be left out. */
function readChoice<T>(
	place: ParameterPlace,
	entries: readonly string[],
	parse: (entry: string) => T | undefined,
	words: { readonly isNot: string; readonly advice: string },
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
		take: parseEach(place, taken, parse, words),
		leave: parseEach(place, left, parseLeft, words),
	};
}

/** Names out of a closed list, whatever their case. */
function readNames<Name extends string>(
	place: ParameterPlace,
	entries: readonly string[],
	names: readonly Name[],
): Name[] | undefined {
	const byLowerCase = new Map(names.map((name) => [name.toLowerCase(), name]));
	return unlessEmpty(
		parseEach(place, entries, (entry) => byLowerCase.get(entry.toLowerCase()), {
			isNot: 'is not one of the choices',
			advice: `The choices are: ${names.join(', ')}.`,
		}),
	);
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

/** Inner spaces count, those around do not. */
function readText(value: unknown): string | undefined {
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return (typeof value === 'string' && value.trim()) || undefined;
}
