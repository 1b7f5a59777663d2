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

/** What is nested deeper is rare enough to take the slow way, which has no end. */
const MOST_LEVELS = 20;

/**
 * Text that stands for a JSON value, in whatever order the keys of objects came: two values whose
 * JSON differs have different texts. Not JSON, but made at a fraction of the cost: each text has its
 * length before it, so nothing in it needs to be quoted.
 */
export function canonicalText(value: unknown, levels = MOST_LEVELS): string {
	if (typeof value === 'string') return withLength(value);
	if (typeof value !== 'object' || value === null) return `${value};`;
	if (levels === 0) return `~${withLength(canonicalJson(value))}`;
	if (Array.isArray(value)) {
		let text = '[';
		for (const element of value) text += canonicalText(element, levels - 1);
		return `${text}]`;
	}
	const object = value as Record<string, unknown>;
	let text = '{';
	for (const key of Object.keys(object).sort()) {
		text += withLength(key) + canonicalText(object[key], levels - 1);
	}
	return `${text}}`;
}

function withLength(text: string): string {
	return `"${text.length}:${text}`;
}
