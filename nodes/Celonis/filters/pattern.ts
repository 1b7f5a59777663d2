/** Whether a text is what a pattern means. */
export type Pattern = (text: string) => boolean;

/** What regular expressions and shells write. Taken as it stands, it would match nothing, in silence. */
const UNSUPPORTED_SYNTAX = /[[\]{}|^\\;]|^\.[*+]/;

/** Besides, in names of events and roles: neither holds any of these. */
const UNSUPPORTED_IN_NAMES = /[.+()$/%]/;

/**
 * A pattern in which `*` stands for any characters or none, and `?` for exactly one. It has to match
 * the whole text; upper and lower case are the same. `undefined` where it is written for another
 * kind of matching.
 */
export function parsePattern(pattern: string): Pattern | undefined {
	return UNSUPPORTED_SYNTAX.test(pattern) ? undefined : compilePattern(pattern.toLowerCase());
}

/** A pattern for names of events or roles, in which more is surely not meant as it is. */
export function parseNamePattern(pattern: string): Pattern | undefined {
	return UNSUPPORTED_IN_NAMES.test(pattern) ? undefined : parsePattern(pattern);
}

function compilePattern(pattern: string): Pattern {
	if (!/[*?]/.test(pattern)) return (text) => text.toLowerCase() === pattern;
	const parts = [...pattern];
	return (text) => matches(parts, [...text.toLowerCase()]);
}

/**
 * After a mismatch only the last `*` has to take one more character, earlier ones have done their
 * part: the product of both lengths is the most that it takes, where a regular expression could take
 * for ever.
 */
function matches(pattern: readonly string[], text: readonly string[]): boolean {
	let at = 0;
	let star = -1;
	let starTook = 0;
	for (let i = 0; i < text.length; ) {
		if (pattern[at] === '*') {
			star = at++;
			starTook = i;
		} else if (pattern[at] === '?' || pattern[at] === text[i]) {
			at++;
			i++;
		} else if (star >= 0) {
			at = star + 1;
			i = ++starTook;
		} else {
			return false;
		}
	}
	while (pattern[at] === '*') at++;
	return at === pattern.length;
}
