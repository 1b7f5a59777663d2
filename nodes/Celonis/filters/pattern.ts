import { foldText } from './foldText';

/** Whether a text matches a pattern. */
export type Pattern = (text: string) => boolean;

/**
 * Syntax of regular expressions and shells, and quotation marks around a pattern. Taken literally, it
 * would silently match nothing.
 */
const UNSUPPORTED_SYNTAX = /[[\]{}|^\\;]|^\.[*+]|^["'`“„]|["“”]$/;

/** Further syntax that names of events, roles and permissions do not contain. */
const UNSUPPORTED_IN_NAMES = /[+()$/%]|[^*?.]\.\*/;

/**
 * Parses a pattern in which `*` stands for any characters or none, and `?` for exactly one. It has to
 * match the whole text, case-insensitively. `undefined` if it has the syntax of another kind of
 * pattern.
 */
export function parsePattern(pattern: string): Pattern | undefined {
	return UNSUPPORTED_SYNTAX.test(pattern) ? undefined : compilePattern(foldText(pattern));
}

/** Parses a pattern for names of events, roles or permissions, which contain fewer special characters. */
export function parseNamePattern(pattern: string): Pattern | undefined {
	return UNSUPPORTED_IN_NAMES.test(pattern) ? undefined : parsePattern(pattern);
}

function compilePattern(pattern: string): Pattern {
	if (!/[*?]/.test(pattern)) return (text) => foldText(text) === pattern;
	const [, start, middle, end] = /^(\*?)([^*?]*)(\*?)$/.exec(pattern) ?? [];
	if (middle !== undefined) return compileSimplePattern(middle, start !== '', end !== '');
	const parts = [...pattern];
	return (text) => matches(parts, [...foldText(text)]);
}

/** The common patterns `text*`, `*text` and `*text*`, which need no search step by step. */
function compileSimplePattern(part: string, isOpenStart: boolean, isOpenEnd: boolean): Pattern {
	if (!isOpenStart) return (text) => foldText(text).startsWith(part);
	return isOpenEnd
		? (text) => foldText(text).includes(part)
		: (text) => foldText(text).endsWith(part);
}

/**
 * After a mismatch only the last `*` has to match one more character. The number of steps is therefore
 * at most the product of both lengths, whereas a regular expression can need exponentially many.
 */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
	let position = 0;
	let starPosition = -1;
	let starEnd = 0;
	for (let i = 0; i < text.length; ) {
		if (pattern[position] === '*') {
			starPosition = position++;
			starEnd = i;
		} else if (pattern[position] === '?' || pattern[position] === text[i]) {
			position++;
			i++;
		} else if (starPosition >= 0) {
			position = starPosition + 1;
			i = ++starEnd;
		} else {
			return false;
		}
	}
	while (pattern[position] === '*') position++;
	return position === pattern.length;
}
