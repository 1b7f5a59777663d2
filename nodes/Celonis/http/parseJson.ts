import { isExactNumber } from '../records/decimal';

/**
 * Finds what may be a number that JavaScript does not keep: one with many digits or a large exponent.
 * Nearly all responses have none, and this test costs a fraction of `JSON.parse`. What precedes a
 * number is no part of one, so the time is linear.
 */
const SUSPECT = /[:,[ \n\r\t]-?(?:\d[\d.]{15}|[\d.]+[eE][+-]?\d{3})/;

/** A number may be all of the text. */
const BARE_NUMBER = /^-?\d/;

/** A number, by the grammar of JSON. */
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/**
 * The value of a JSON text; throws a `SyntaxError` like `JSON.parse`. A number that JavaScript cannot
 * represent, such as an ID of 19 digits, becomes a text of its digits.
 */
export function parseJson(text: string): unknown {
	const value: unknown = JSON.parse(text);
	// The text is known to be valid from here on.
	const isSuspect = SUSPECT.test(text) || BARE_NUMBER.test(text);
	return isSuspect ? JSON.parse(quoteInexactNumbers(text)) : value;
}

/** Turns the numbers that JavaScript does not keep into strings. */
function quoteInexactNumbers(json: string): string {
	const parts: string[] = [];
	let copied = 0;
	for (let start = 0; start < json.length; ) {
		const open = json.indexOf('"', start);
		const end = open < 0 ? json.length : open;
		const between = json.slice(start, end);
		const quoted = between.replace(/[-+.\de]+/gi, quoteIfInexact);
		if (quoted !== between) {
			parts.push(json.slice(copied, start), quoted);
			copied = end;
		}
		start = open < 0 ? end : findStringEnd(json, open);
	}
	return parts.join('') + json.slice(copied);
}

function quoteIfInexact(token: string): string {
	return NUMBER.test(token) && !isExactNumber(token) ? `"${token}"` : token;
}

/** The position after the string that starts at a quotation mark. */
function findStringEnd(json: string, open: number): number {
	for (let close = json.indexOf('"', open + 1); ; close = json.indexOf('"', close + 1)) {
		let backslashes = 0;
		while (json[close - 1 - backslashes] === '\\') backslashes++;
		if (backslashes % 2 === 0) return close + 1;
	}
}
