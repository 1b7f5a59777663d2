/** Whether a text is what a pattern means. */
export type Pattern = (text: string) => boolean;

/** What regular expressions and other shells write; in a pattern of ours it would match nothing, in silence. */
const FOREIGN_SYNTAX = /[[\]{}|^\\;]/;

/**
 * A pattern in which `*` stands for any characters or none, and `?` for exactly one. It has to match
 * the whole text; upper and lower case are the same. `undefined` where the pattern is written for
 * another kind of matching: it holds one of `[ ] { } | ^ \ ;`.
 *
 * Takes time in proportion to the lengths of pattern and text at worst, whatever the pattern.
 */
export function parsePattern(pattern: string): Pattern | undefined {
	if (FOREIGN_SYNTAX.test(pattern)) return undefined;
	const wanted = pattern.toLowerCase();
	if (!/[*?]/.test(wanted)) return (text) => text.toLowerCase() === wanted;
	const parts = [...wanted];
	return (text) => matches(parts, [...text.toLowerCase()]);
}

/** After a mismatch only the last `*` has to take one more character: earlier ones have done their part. */
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
