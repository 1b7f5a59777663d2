import { isIP } from 'node:net';
import { DateTime } from 'luxon';
import { isObject } from '../fields.mts';
import type { FieldMapping } from './mapping.mts';

/** Lucene's limit for a term, in bytes of UTF-8. */
const MAX_TERM_BYTES = 32_766;

/** What becomes of a value: `ignored` ones stay in the document, but cannot be searched. */
export interface Verdict {
	readonly status: 'indexed' | 'ignored' | 'malformed' | 'refused';
	readonly reason?: string;
}

const INDEXED: Verdict = { status: 'indexed' };
const IGNORED: Verdict = { status: 'ignored' };

/** Judges a value that is neither a list nor null. `malformed` is what `ignore_malformed` forgives. */
export function judgeValue(field: FieldMapping, value: unknown): Verdict {
	if (field.type === 'flattened') return judgeFlattened(field, value);
	// `ignore_malformed` does not apply to objects.
	if (isObject(value)) return refused(`Can't get text on a START_OBJECT`);
	return judgeScalar(field, value as string | number | boolean);
}

function judgeScalar(field: FieldMapping, value: string | number | boolean): Verdict {
	const text = String(value);
	switch (field.type) {
		case 'keyword':
		case 'wildcard':
			return judgeKeyword(field, text);
		case 'constant_keyword':
			return field.value === undefined || field.value === text
				? INDEXED
				: refused(`[constant_keyword] field only accepts [${field.value}]`);
		case 'text':
		case 'match_only_text':
			return INDEXED;
		case 'ip':
			return isIP(text) > 0 && !text.includes('%')
				? INDEXED
				: malformed(`'${text}' is not an IP string literal.`);
		case 'date':
		case 'date_nanos':
			return isDate(field.type, value)
				? INDEXED
				: malformed(`failed to parse date field [${text}]`);
		case 'boolean':
			return ['true', 'false', ''].includes(text) && typeof value !== 'number'
				? INDEXED
				: malformed(`Failed to parse value [${text}]`);
		case 'long':
		case 'integer':
		case 'float':
		case 'scaled_float':
			return typeof value !== 'boolean' && text.trim() !== '' && Number.isFinite(Number(value))
				? INDEXED
				: malformed(`For input string: "${text}"`);
		default:
			// A geo point is an object or a text with two numbers; the nodes write none.
			return malformed(`[${field.type}] cannot be ${JSON.stringify(value)}`);
	}
}

function judgeKeyword(field: FieldMapping, text: string): Verdict {
	if (field.index === false && field.doc_values === false) return INDEXED;
	if (text.length > (field.ignore_above ?? Infinity)) return IGNORED;
	if (field.type === 'keyword' && Buffer.byteLength(text) > MAX_TERM_BYTES) {
		return refused('Document contains at least one immense term');
	}
	return INDEXED;
}

/** `strict_date_optional_time||epoch_millis`, within the years that the type can hold. */
function isDate(type: string, value: string | number | boolean): boolean {
	const isEpoch = typeof value === 'number' || /^-?\d+$/.test(String(value));
	const date = isEpoch ? DateTime.fromMillis(Number(value)) : DateTime.fromISO(String(value));
	const isStrict = isEpoch || /^\d{4}-\d\d(-\d\d(T.*)?)?$/.test(String(value));
	return isStrict && date.isValid && (type === 'date' || (date.year >= 1970 && date.year <= 2261));
}

/** A flattened field holds an object, whose values all become keywords with their keys. */
function judgeFlattened(field: FieldMapping, value: unknown): Verdict {
	if (!isObject(value)) return refused('expecting token of type [START_OBJECT]');
	const { depth_limit: maxDepth = 20, ignore_above: ignoreAbove = Infinity } = field;
	let isIgnored = false;
	const visit = (inner: unknown, path: string, depth: number): Verdict | undefined => {
		if (inner === null) return undefined;
		if (Array.isArray(inner)) return firstProblem(inner, (element) => visit(element, path, depth));
		if (isObject(inner)) {
			if (depth > maxDepth) return refused(`exceeds the maximum depth limit of [${maxDepth}]`);
			return firstProblem(Object.entries(inner), ([name, element]) =>
				name.includes('\0')
					? refused('Do not include the reserved character \\0 in keys')
					: visit(element, path === '' ? name : `${path}.${name}`, depth + 1),
			);
		}
		const text = String(inner);
		if (text.length > ignoreAbove) {
			isIgnored = true;
			return undefined;
		}
		return Buffer.byteLength(path) + 1 + Buffer.byteLength(text) > MAX_TERM_BYTES
			? refused('contains one immense field whose keyed encoding is longer than 32766 bytes')
			: undefined;
	};
	return visit(value, '', 1) ?? (isIgnored ? IGNORED : INDEXED);
}

function firstProblem<T>(
	values: readonly T[],
	judge: (value: T) => Verdict | undefined,
): Verdict | undefined {
	for (const value of values) {
		const problem = judge(value);
		if (problem) return problem;
	}
	return undefined;
}

function refused(reason: string): Verdict {
	return { status: 'refused', reason };
}

function malformed(reason: string): Verdict {
	return { status: 'malformed', reason };
}
