import { hash } from 'crypto';
import { canonicalText } from './canonicalText';
import { formatDecimal } from './decimal';

/*
 * The hash of canonical texts. They are written into one buffer as UTF-8 rather than concatenated: each
 * event would leave dozens of strings to the garbage collector.
 */

/** Deeper values take the way of `canonicalText`, which works at any depth. */
const MAX_LEVELS = 20;

const INITIAL_BYTES = 2 ** 16;

/** A larger buffer is not kept. */
const MAX_KEPT_BYTES = 2 ** 20;

/** UTF-16 code units have at most three bytes in UTF-8. */
const MAX_BYTES_PER_UNIT = 3;

/** The most bytes before a text: its length and a colon. */
const MAX_PREFIX_BYTES = 12;

/** Shorter texts are copied faster by a loop than by a call. */
const MIN_NATIVE_LENGTH = 16;

/** More keys are sorted faster by JavaScript's own function. */
const MAX_INSERTION_SORT = 12;

/** Views of the buffer's beginning are kept up to this length. */
const MAX_KEPT_VIEW = 2048;

/** How many digits a digest has. */
export const HASH_DIGITS = 32;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const COLON = 0x3a;
const ZERO = 0x30;

let buffer = Buffer.allocUnsafeSlow(INITIAL_BYTES);
let views: Buffer[] = [];
let end = 0;
const digits = Buffer.alloc(64);

/** Begins another digest, with a text that is written as it is. */
export function startDigest(text: string): void {
	end = 0;
	appendText(text);
}

/** Appends a text as it is. */
export function appendText(text: string): void {
	const { length } = text;
	reserve(length * MAX_BYTES_PER_UNIT);
	if (length >= MIN_NATIVE_LENGTH) {
		end += buffer.write(text, end);
		return;
	}
	const start = end;
	for (let i = 0; i < length; i++) {
		const unit = text.charCodeAt(i);
		if (unit >= 0x80) {
			end = start + buffer.write(text, start);
			return;
		}
		buffer[end++] = unit;
	}
}

/** Appends the canonical text of a value (see `canonicalText`), or `empty` if that is empty. */
export function appendCanonical(value: unknown, empty: string): void {
	const start = end;
	appendValue(value, MAX_LEVELS);
	if (end === start) appendText(empty);
}

/** The first 32 hexadecimal digits of the SHA-256 hash of everything that was appended. */
export function finishDigest(): string {
	// The hash is the same for all unpaired surrogates: records that differ in them are numbered.
	const digest = hash('sha256', getView(), 'hex');
	if (buffer.length > MAX_KEPT_BYTES) replaceBuffer(INITIAL_BYTES);
	// A substring would keep the whole string in memory as long as the event.
	digits.write(digest, 'latin1');
	return digits.toString('latin1', 0, HASH_DIGITS);
}

function appendValue(value: unknown, levels: number): void {
	if (typeof value === 'string') {
		if (value !== '') appendPrefixed(value);
	} else if (value === null || value === undefined) return;
	else if (typeof value === 'number') appendPrefixed(formatDecimal(value));
	else if (typeof value !== 'object') appendPrefixed(String(value));
	else if (levels === 0 || Array.isArray(value)) appendText(canonicalText(value, levels));
	else appendObject(value as Record<string, unknown>, levels);
}

function appendObject(object: Record<string, unknown>, levels: number): void {
	const start = end;
	reserve(1);
	buffer[end++] = OPEN_OBJECT;
	const inner = end;
	for (const key of sortKeys(Object.keys(object))) {
		const keyStart = end;
		appendPrefixed(key);
		const valueStart = end;
		appendValue(object[key], levels - 1);
		if (end === valueStart) end = keyStart;
	}
	if (end === inner) {
		end = start;
		return;
	}
	reserve(1);
	buffer[end++] = CLOSE_OBJECT;
}

function appendPrefixed(text: string): void {
	const { length } = text;
	reserve(MAX_PREFIX_BYTES);
	if (length >= 100) appendText(String(length));
	else {
		if (length >= 10) buffer[end++] = ZERO + Math.floor(length / 10);
		buffer[end++] = ZERO + (length % 10);
	}
	buffer[end++] = COLON;
	appendText(text);
}

/** Sorts as `sort` does, by UTF-16 code units. Most objects have few keys. */
function sortKeys(keys: string[]): string[] {
	if (keys.length > MAX_INSERTION_SORT) return keys.sort();
	for (let i = 1; i < keys.length; i++) {
		const key = keys[i]!;
		let to = i;
		for (; to > 0 && keys[to - 1]! > key; to--) keys[to] = keys[to - 1]!;
		keys[to] = key;
	}
	return keys;
}

function reserve(bytes: number): void {
	if (end + bytes <= buffer.length) return;
	const old = buffer;
	replaceBuffer((end + bytes) * 2);
	old.copy(buffer, 0, 0, end);
}

function replaceBuffer(bytes: number): void {
	buffer = Buffer.allocUnsafeSlow(bytes);
	views = [];
}

/** What was written. To create a view takes as long as to hash a short text. */
function getView(): Buffer {
	if (end > MAX_KEPT_VIEW) return buffer.subarray(0, end);
	return (views[end] ??= buffer.subarray(0, end));
}
