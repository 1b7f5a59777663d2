import type { IncludeExclude } from '../filters/includeExclude';
import { isJsonObject } from '../records/json';
import { parseEach, getList, throwParameterError, requireChoice, type ParameterRef } from './lists';

/** What a value has to be, in the words of the error where it is something else. */
export interface Expectation {
	readonly mismatch: string;
	readonly hint: string;
}

/** Of texts with wildcards. */
export const PATTERN: Expectation = {
	mismatch: 'is not a pattern',
	hint: 'Write * for any characters and ? for one character, and separate patterns by commas. Regular expressions are not supported: where one of their characters is meant as it is, write ? for it.',
};

/** Reads the collection 'Filters', entry by entry. One that is empty is not set. */
export interface FilterReader {
	/** Entries of which some may be left out by an exclamation mark in front. */
	choice<T>(
		displayName: string,
		name: string,
		parse: (entry: string) => T | undefined,
		demand: Expectation,
	): IncludeExclude<T> | undefined;
	entries<T>(
		displayName: string,
		name: string,
		parse: (entry: string) => T | undefined,
		demand: Expectation,
	): T[] | undefined;
	/** Some of these names. */
	names<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name[] | undefined;
	/** One of these names. */
	name<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name | undefined;
	flag(displayName: string, name: string): boolean;
	text(displayName: string, name: string): string | undefined;
}

/**
 * A value that can't be used is an error that names it: a filter that silently matches nothing would
 * be a trigger that never starts.
 */
export function createFilterReader(
	context: ParameterRef['context'],
	given: unknown,
	itemIndex?: number,
): FilterReader {
	const placeOf = (displayName: string): ParameterRef => ({ context, displayName, itemIndex });
	const values = isJsonObject(given) ? given : {};
	const listOf = (place: ParameterRef, name: string) => getList(place, values[name]);
	return {
		choice: (displayName, name, parse, demand) => {
			const place = placeOf(displayName);
			return readChoice(place, listOf(place, name), parse, demand);
		},
		entries: (displayName, name, parse, demand) => {
			const place = placeOf(displayName);
			return unlessEmpty(parseEach(place, listOf(place, name), parse, demand));
		},
		names: (displayName, name, names) => {
			const place = placeOf(displayName);
			return unlessEmpty(listOf(place, name).map((it) => requireChoice(place, it, names)));
		},
		name: (displayName, name, names) =>
			isNothing(values[name])
				? undefined
				: requireChoice(placeOf(displayName), values[name], names),
		flag: (displayName, name) => readBoolean(placeOf(displayName), values[name]),
		text: (displayName, name) => readText(placeOf(displayName), values[name]),
	};
}

/** Entries with an exclamation mark in front are to be left out. */
function readChoice<T>(
	place: ParameterRef,
	entries: readonly string[],
	parse: (entry: string) => T | undefined,
	demand: Expectation,
): IncludeExclude<T> | undefined {
	if (entries.length === 0) return undefined;
	const isLeft = (entry: string) => entry.startsWith('!');
	const left = entries.filter(isLeft);
	const taken = entries.filter((entry) => !isLeft(entry));
	const parseLeft = (entry: string) => {
		const inner = entry.slice(1).trim();
		return inner === '' ? undefined : parse(inner);
	};
	return {
		include: parseEach(place, taken, parse, demand),
		exclude: parseEach(place, left, parseLeft, demand),
	};
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
	return list.length > 0 ? list : undefined;
}

function isNothing(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

/** Inner spaces count, those around do not. */
function readText(place: ParameterRef, value: unknown): string | undefined {
	if (isNothing(value)) return undefined;
	if (typeof value === 'string') return value.trim() || undefined;
	if (typeof value === 'number' || typeof value === 'boolean') return String(value);
	return throwParameterError(place, value, 'is not a text', 'Enter one text.');
}

function readBoolean(place: ParameterRef, value: unknown): boolean {
	if (isNothing(value)) return false;
	const flag = typeof value === 'string' ? value.trim().toLowerCase() : value;
	if (flag === true || flag === 'true') return true;
	if (flag === false || flag === 'false') return false;
	return throwParameterError(
		place,
		value,
		'is neither true nor false',
		'Turn the filter on or off.',
	);
}
