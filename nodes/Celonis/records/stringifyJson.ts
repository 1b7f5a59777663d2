/**
 * JSON with sorted keys, of a JSON value of any depth. It is not recursive, because recursion would
 * fail at some thousand levels.
 */
function canonicalJson(value: unknown): string {
	let text = '';
	const pending: unknown[] = [value];
	while (pending.length > 0) {
		const next = pending.pop();
		if (next instanceof Punctuation) text += next.text;
		else if (typeof next !== 'object' || next === null) text += JSON.stringify(next) ?? 'null';
		else if (Array.isArray(next)) {
			pending.push(CLOSE_LIST);
			for (let i = next.length - 1; i >= 0; i--) {
				pending.push(next[i]);
				if (i > 0) pending.push(COMMA);
			}
			text += '[';
		} else {
			const object = next as Record<string, unknown>;
			const keys = Object.keys(object).sort();
			pending.push(CLOSE_OBJECT);
			for (let i = keys.length - 1; i >= 0; i--) {
				const key = keys[i] ?? '';
				const separator = i > 0 ? ',' : '';
				pending.push(object[key], new Punctuation(`${separator}${JSON.stringify(key)}:`));
			}
			text += '{';
		}
	}
	return text;
}

/**
 * JSON of a value of any depth; `undefined` for what JSON does not have. Fields keep their order,
 * except in a value that is too deep for `JSON.stringify`, which is recursive.
 */
export function stringifyJson(value: object): string;
export function stringifyJson(value: unknown): string | undefined;
export function stringifyJson(value: unknown): string | undefined {
	try {
		return JSON.stringify(value);
	} catch (error) {
		const isTooDeep = (error as Error).name === 'RangeError';
		// Without an end, because of a circle, the value fails again.
		return isTooDeep ? canonicalJson(value) : JSON.stringify(value);
	}
}

/** Text between values. */
class Punctuation {
	constructor(readonly text: string) {}
}

const COMMA = new Punctuation(',');
const CLOSE_LIST = new Punctuation(']');
const CLOSE_OBJECT = new Punctuation('}');
