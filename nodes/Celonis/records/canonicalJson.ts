/**
 * JSON with sorted keys, of a JSON value of any depth. It is not recursive, because recursion would
 * fail at some thousand levels.
 */
export function canonicalJson(value: unknown): string {
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

/** Text between values. */
class Punctuation {
	constructor(readonly text: string) {}
}

const COMMA = new Punctuation(',');
const CLOSE_LIST = new Punctuation(']');
const CLOSE_OBJECT = new Punctuation('}');

/** Deeper values are rare; they take the slow path, which works at any depth. */
const MAX_LEVELS = 20;

/**
 * A canonical text of a JSON value, whatever the order of its keys: values whose JSON differs have
 * different texts. It is not JSON and costs a fraction of it: each text is prefixed with its length,
 * so that nothing has to be escaped.
 */
export function canonicalText(value: unknown, levels = MAX_LEVELS): string {
	if (typeof value === 'string') return prefixLength(value);
	if (typeof value !== 'object' || value === null) return `${value};`;
	if (levels === 0) return `~${prefixLength(canonicalJson(value))}`;
	if (Array.isArray(value)) {
		let text = '[';
		for (const element of value) text += canonicalText(element, levels - 1);
		return `${text}]`;
	}
	const object = value as Record<string, unknown>;
	let text = '{';
	for (const key of Object.keys(object).sort()) {
		text += prefixLength(key) + canonicalText(object[key], levels - 1);
	}
	return `${text}}`;
}

function prefixLength(text: string): string {
	return `"${text.length}:${text}`;
}
