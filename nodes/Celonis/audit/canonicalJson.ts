/**
 * JSON text that does not depend on the order in which an object's keys came. Takes JSON values
 * only, however deep: a recursion would end at some thousand levels.
 */
export function canonicalJson(value: unknown): string {
	let text = '';
	const rest: unknown[] = [value];
	while (rest.length > 0) {
		const next = rest.pop();
		if (next instanceof Punctuation) text += next.text;
		else if (typeof next !== 'object' || next === null) text += JSON.stringify(next) ?? 'null';
		else if (Array.isArray(next)) {
			rest.push(CLOSE_LIST);
			for (let i = next.length - 1; i >= 0; i--) {
				rest.push(next[i]);
				if (i > 0) rest.push(COMMA);
			}
			text += '[';
		} else {
			const object = next as Record<string, unknown>;
			const keys = Object.keys(object).sort();
			rest.push(CLOSE_OBJECT);
			for (let i = keys.length - 1; i >= 0; i--) {
				const key = keys[i] ?? '';
				const before = i > 0 ? ',' : '';
				rest.push(object[key], new Punctuation(`${before}${JSON.stringify(key)}:`));
			}
			text += '{';
		}
	}
	return text;
}

/** Text that stands between values. */
class Punctuation {
	constructor(readonly text: string) {}
}

const COMMA = new Punctuation(',');
const CLOSE_LIST = new Punctuation(']');
const CLOSE_OBJECT = new Punctuation('}');
