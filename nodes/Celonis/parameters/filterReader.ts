import type { IncludeExclude } from '../filters/includeExclude';
import { isBlank, trimText } from '../records/text';
import type { Expectation } from './parameterError';
import type { ParameterReader } from './parameterReader';

/** The expectation of a pattern with wildcards. */
export const PATTERN: Expectation = {
	mismatch: 'is not a pattern',
	hint: 'Write patterns such as *_DELETED or *@example.com, separated by commas and without quotation marks: * stands for any characters, ? for one character, and the prefix ! excludes. Regular expressions are not supported; write ? for a comma, a quotation mark or another special character that is meant literally.',
};

/** Parses one entry of a list; `undefined` if the entry is invalid. */
export type ParseEntry<T> = (entry: string) => T | undefined;

/**
 * Gets the filters of a log. A filter that is empty is not set. A value that cannot be used is an
 * error: a filter that silently matches nothing would be a trigger that never starts.
 */
export class FilterReader {
	/** The reader of the collection 'Filters'. */
	constructor(private readonly filters: ParameterReader) {}

	/** Whether a filter is turned on; off if it is not set. */
	getBoolean(displayName: string, name: string): boolean {
		return this.filters.getBoolean(displayName, name);
	}

	/** Trimmed text; numbers and booleans count as text. `undefined` if it is not set or blank. */
	getText(displayName: string, name: string): string | undefined {
		const value = this.filters.getValue(name);
		if (isBlank(value)) return undefined;
		if (typeof value === 'string') return trimText(value);
		if (typeof value === 'number' || typeof value === 'boolean') return String(value);
		return this.filters.fail(displayName, value, {
			mismatch: 'is not text',
			hint: 'Write text such as order-to-cash.',
		});
	}

	/** One of the names, matched case-insensitively; `undefined` if it is not set. */
	getOptionalChoice<Name extends string>(
		displayName: string,
		name: string,
		names: readonly Name[],
	): Name | undefined {
		return this.filters.getOptionalChoice(displayName, name, names);
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
