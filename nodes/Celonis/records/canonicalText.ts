import { hash } from 'crypto';
import { formatDecimal } from './decimal';

/** Deeper values are rare; they take the slow path, which works at any depth. */
const MAX_LEVELS = 20;

/**
 * A text of the meaning of a JSON value; empty if the value is. Values with the same meaning have the
 * same text, and others have different texts. What does not change the meaning: the order of keys and
 * of list elements, the difference between a number or boolean and its text, and every null, `""`,
 * empty list and empty object.
 *
 * Each text is prefixed with its length, so that nothing has to be escaped and no text is the
 * beginning of another one.
 */
export function canonicalText(value: unknown, levels = MAX_LEVELS): string {
	if (typeof value !== 'object' || value === null) return formatLeaf(value);
	if (levels === 0) return digestDeepValue(value);
	if (Array.isArray(value)) {
		const elements: string[] = [];
		for (const element of value) elements.push(canonicalText(element, levels - 1));
		return formatList(elements);
	}
	const object = value as Record<string, unknown>;
	let members = '';
	for (const key of Object.keys(object).sort()) {
		const member = canonicalText(object[key], levels - 1);
		if (member !== '') members += prefixLength(key) + member;
	}
	return formatObject(members);
}

/** The text, after its length. */
export function prefixLength(text: string): string {
	return `${text.length}:${text}`;
}

function formatLeaf(value: unknown): string {
	if (typeof value === 'string') return value === '' ? '' : prefixLength(value);
	if (value === null || value === undefined) return '';
	return prefixLength(typeof value === 'number' ? formatDecimal(value) : String(value));
}

function formatList(elements: string[]): string {
	const contents = elements.length > 1 ? elements.sort().join('') : (elements[0] ?? '');
	return contents === '' ? '' : `[${contents}]`;
}

function formatObject(members: string): string {
	return members === '' ? '' : `{${members}}`;
}

/** A list or an object whose elements are being formatted. */
interface Container {
	/** `undefined`: a list. */
	readonly keys: readonly string[] | undefined;
	readonly values: readonly unknown[];
	/** The texts of the first elements. */
	readonly texts: string[];
}

/**
 * The hash of a value, made of the hashes of what it contains. It is not recursive, and each level
 * adds little text, so that the time is linear in the size of the value.
 */
function digestDeepValue(root: object): string {
	const open = [openContainer(root)];
	for (;;) {
		const container = open[open.length - 1]!;
		const { values, texts } = container;
		if (texts.length < values.length) {
			const value = values[texts.length];
			if (typeof value === 'object' && value !== null) open.push(openContainer(value));
			else texts.push(formatLeaf(value));
			continue;
		}
		open.pop();
		const text = formatContainer(container);
		const digest = text === '' ? '' : `#${hash('sha256', text, 'hex')}`;
		if (open.length === 0) return digest;
		open[open.length - 1]!.texts.push(digest);
	}
}

function openContainer(value: object): Container {
	if (Array.isArray(value)) return { keys: undefined, values: value, texts: [] };
	const object = value as Record<string, unknown>;
	const keys = Object.keys(object).sort();
	return { keys, values: keys.map((key) => object[key]), texts: [] };
}

function formatContainer({ keys, texts }: Container): string {
	if (!keys) return formatList(texts);
	const members = keys.map((key, i) => (texts[i] === '' ? '' : prefixLength(key) + texts[i]!));
	return formatObject(members.join(''));
}
