import { isSafeName } from './fieldNames.mts';

/** The JSON types of a field. `absent`: some records lack it. */
export const JSON_TYPES = [
	'text',
	'empty text',
	'number',
	'boolean',
	'null',
	'object',
	'list',
	'absent',
] as const;

export type JsonType = (typeof JSON_TYPES)[number];

/** The fields of objects: types by name, and the number of further names, which may be data. */
export interface SeenFields {
	readonly names: Readonly<Record<string, readonly JsonType[]>>;
	readonly others: number;
}

/** What may be seen of a fact. No kind can hold a text that a server sent. */
export type SeenKind =
	/** One of some words. */
	| { readonly kind: 'word'; readonly words: readonly string[] }
	/** Some of some words, in their order. */
	| { readonly kind: 'words'; readonly words: readonly string[] }
	/** A whole number. */
	| { readonly kind: 'number'; readonly min: number; readonly max: number }
	| { readonly kind: 'fields' };

export type Seen = string | readonly string[] | number | SeenFields;

const MAX_OTHERS = 100_000;

/** Whether a value may be reported for a fact of this kind. */
export function isSeen(kind: SeenKind, value: unknown): value is Seen {
	switch (kind.kind) {
		case 'word':
			return typeof value === 'string' && kind.words.includes(value);
		case 'words':
			return Array.isArray(value) && isInOrder(value, kind.words);
		case 'number':
			return isWholeNumber(value, kind.min, kind.max);
		case 'fields':
			return isSeenFields(value);
	}
}

/** The words among those of a kind, each once and in the order of the kind. */
export function orderWords<Word extends string>(
	words: readonly Word[],
	found: ReadonlySet<string>,
): Word[] {
	return words.filter((word) => found.has(word));
}

/** A value as people read it. */
export function formatSeen(seen: Seen): string {
	if (typeof seen === 'string' || typeof seen === 'number') return String(seen);
	if (Array.isArray(seen)) return seen.length === 0 ? 'none' : seen.join(', ');
	const { names, others } = seen as SeenFields;
	const fields = Object.entries(names).map(([name, types]) => `${name} (${types.join(', ')})`);
	if (others > 0) fields.push(`${others} with other names`);
	return fields.length === 0 ? 'none' : fields.join('; ');
}

function isInOrder(values: readonly unknown[], words: readonly string[]): boolean {
	const positions = values.map((value) => (typeof value === 'string' ? words.indexOf(value) : -1));
	return positions.every((position, i) => position > (positions[i - 1] ?? -1));
}

function isWholeNumber(value: unknown, min: number, max: number): value is number {
	return Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max;
}

function isSeenFields(value: unknown): value is SeenFields {
	if (typeof value !== 'object' || value === null) return false;
	const { names, others, ...rest } = value as Record<string, unknown>;
	if (Object.keys(rest).length > 0 || !isWholeNumber(others, 0, MAX_OTHERS)) return false;
	if (typeof names !== 'object' || names === null || Array.isArray(names)) return false;
	return Object.entries(names).every(
		([name, types]) => isSafeName(name) && Array.isArray(types) && isInOrder(types, JSON_TYPES),
	);
}
