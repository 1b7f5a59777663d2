import type { IncludeExclude } from '../filters/includeExclude';
import { trimText } from '../records/text';
import type { Expectation } from './parameterError';
import { isUnset, type ParameterReader } from './parameterReader';
import { parseBoolean } from './parseValue';

/** The expectation of a pattern with wildcards. */
export const PATTERN: Expectation = {
	mismatch: 'is not a pattern',
	hint: 'Use * for any characters and ? for one character, and separate patterns by commas. Regular expressions are not supported; write ? for one of their characters that is meant literally.',
};

const BOOLEAN: Expectation = {
	mismatch: 'is neither true nor false',
	hint: 'Turn the filter on or off.',
};

/** Parses one entry of a list; `undefined` if the entry is invalid. */
export type ParseEntry<T> = (entry: string) => T | undefined;

/**
 * Gets the filters of a log. A filter that is empty is not set. A value that cannot be used is an
 * error: a filter that silently matches nothing would be a trigger that never starts.
 */
export class FilterReader {
	private readonly filters: ParameterReader;

	constructor(parameters: ParameterReader) {
		this.filters = parameters.getCollection('filters');
	}

	/** Whether a filter is turned on; off if it is not set. */
	getBoolean(displayName: string, name: string): boolean {
		const value = this.filters.getValue(name);
		if (isUnset(value)) return false;
		return parseBoolean(value) ?? this.filters.fail(displayName, value, BOOLEAN);
	}

	/** Trimmed text; numbers and booleans count as text. `undefined` if it is not set or blank. */
	getText(displayName: string, name: string): string | undefined {
		const value = this.filters.getValue(name);
		if (isUnset(value)) return undefined;
		if (typeof value === 'string') return trimText(value);
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		return this.filters.fail(displayName, value, {
			mismatch: 'is not text',
			hint: 'Enter text.',
		});
	}

	/** One of the names, matched case-insensitively; `undefined` if it is not set. */
	getOptionalChoice<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name | undefined {
		const value = this.filters.getValue(name);
		return isUnset(value) ? undefined : this.filters.requireName(displayName, value, names);
	}

	/** The texts of a list; `undefined` if there is none. */
	getTexts(displayName: string, name: string): string[] | undefined {
		const texts = this.filters.getList(displayName, name);
		return texts.length > 0 ? texts : undefined;
	}

	/** Some of the names, matched case-insensitively; `undefined` if none is set. */
	getChoices<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name[] | undefined {
		return this.getTexts(displayName, name)?.map((text) =>
			this.filters.requireName(displayName, text, names),
		);
	}

	/** The parsed texts of a list; `undefined` if there is none. */
	getEntries<T>(
		displayName: string,
		name: string,
		parse: ParseEntry<T>,
		expectation: Expectation,
	): T[] | undefined {
		return this.getTexts(displayName, name)?.map(
			(text) => parse(text) ?? this.filters.fail(displayName, text, expectation),
		);
	}

	/** As `getEntries`; entries with the prefix `!` exclude. */
	getIncludeExclude<T>(
		displayName: string,
		name: string,
		parse: ParseEntry<T>,
		expectation: Expectation,
	): IncludeExclude<T> | undefined {
		const parseSigned = (entry: string) => {
			const isExcluded = entry.startsWith('!');
			const text = isExcluded ? entry.slice(1).trim() : entry;
			const value = isExcluded && text === '' ? undefined : parse(text);
			return value === undefined ? undefined : { isExcluded, value };
		};
		const entries = this.getEntries(displayName, name, parseSigned, expectation);
		if (!entries) return undefined;
		const select = (isExcluded: boolean) =>
			entries.filter((entry) => entry.isExcluded === isExcluded).map(({ value }) => value);
		return { include: select(false), exclude: select(true) };
	}
}
