import { showValue } from '../records/showValue';

const MAX_SHOWN_LENGTH = 200;
const MAX_DEPTH = 5;

const SECRET_NAME =
	/pass(word|phrase)|secret|token|credential|authorization|(api|app|auth|private)[-_ ]?key/i;
const SECRET_TEXT = /\b(bearer|basic|appkey)\s+\S+/gi;

/** A value of a parameter for an error text. What looks like a secret is left out. */
export function showInput(value: unknown): string {
	return showValue(maskSecrets(value), MAX_SHOWN_LENGTH);
}

/** Other nodes' items may contain secrets, and an expression may return a whole item. */
function maskSecrets(value: unknown, depth = 0): unknown {
	if (typeof value === 'string') return value.replace(SECRET_TEXT, '$1 ***');
	if (typeof value !== 'object' || value === null || isDate(value)) return value;
	if (depth === MAX_DEPTH) return '…';
	if (Array.isArray(value)) return value.map((entry) => maskSecrets(entry, depth + 1));
	return Object.fromEntries(
		Object.entries(value).map(([name, entry]) => [
			name,
			SECRET_NAME.test(name) ? '***' : maskSecrets(entry, depth + 1),
		]),
	);
}

/** Luxon's dates have `toJSON` too. */
function isDate(value: object): boolean {
	return 'toJSON' in value && typeof value.toJSON === 'function';
}
