const NON_ASCII = /\P{ASCII}/u;

/**
 * Folds a text for comparison: into lower case, and letters with their accents into one character, since
 * Unicode has two ways to write an "ö".
 */
export function foldText(text: string): string {
	return (NON_ASCII.test(text) ? text.normalize() : text).toLowerCase();
}
