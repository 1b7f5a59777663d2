import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';

/** Whether two JSON values mean the same, by the plainest means: see `canonicalText`. */
export function sameMeaning(a: unknown, b: unknown): boolean {
	const [left, right] = [normalize(a), normalize(b)];
	if (Array.isArray(left) && Array.isArray(right)) return sameElements(left, right);
	if (!isObject(left) || !isObject(right)) return isDeepStrictEqual(left, right);
	const keys = Object.keys(left);
	return (
		keys.length === Object.keys(right).length &&
		keys.every((key) => Object.hasOwn(right, key) && sameMeaning(left[key], right[key]))
	);
}

/** Whether each element has a partner in the other list. */
function sameElements(left: readonly unknown[], right: readonly unknown[]): boolean {
	const remaining = [...right];
	for (const element of left) {
		const index = remaining.findIndex((other) => sameMeaning(element, other));
		if (index < 0) return false;
		remaining.splice(index, 1);
	}
	return remaining.length === 0;
}

/** A value without what is empty, and with texts for numbers and booleans; `null` if it is empty. */
function normalize(value: unknown): unknown {
	if (value === null || value === undefined || value === '') return null;
	if (typeof value === 'number') return toDigits(value);
	if (typeof value !== 'object') return String(value);
	if (Array.isArray(value)) {
		const elements = value.map(normalize).filter((element) => element !== null);
		return elements.length === 0 ? null : elements;
	}
	const fields = Object.entries(value)
		.map(([key, inner]): [string, unknown] => [key, normalize(inner)])
		.filter(([, inner]) => inner !== null);
	return fields.length === 0 ? null : Object.fromEntries(fields);
}

/** The digits that JavaScript writes, with the point where the exponent puts it. */
export function toDigits(number: number): string {
	const [, sign = '', first = '', rest = '', exponent] =
		/^(-?)(\d)(?:\.(\d+))?e(.*)$/.exec(String(number)) ?? [];
	if (exponent === undefined) return String(number);
	const shift = Number(exponent);
	return shift > 0
		? sign + first + rest.padEnd(shift, '0')
		: `${sign}0.${'0'.repeat(-shift - 1)}${first}${rest}`;
}

const EMPTY = fc.constantFrom<unknown>(null, '', [], {}, [[], null], { empty: { a: null } });

/** The same value in another form: shuffled, with more or other empty values, with texts for numbers. */
export function variants(value: unknown): fc.Arbitrary<unknown> {
	if (value === null || value === undefined || value === '') return EMPTY;
	if (typeof value === 'number') return fc.constantFrom<unknown>(value, toDigits(value));
	if (typeof value === 'boolean') return fc.constantFrom<unknown>(value, String(value));
	if (typeof value !== 'object') return fc.constant(value);
	if (Array.isArray(value)) {
		return fc
			.tuple(fc.tuple(...value.map(variants)), fc.array(EMPTY, { maxLength: 2 }))
			.chain(([elements, empty]) => shuffled([...elements, ...empty]));
	}
	return createFieldVariants(Object.entries(value)).map(
		(entries) => Object.fromEntries(entries) as unknown,
	);
}

function createFieldVariants(entries: Array<[string, unknown]>) {
	const fields = entries.map(([key, inner]) =>
		variants(inner).map((variant): [string, unknown] => [key, variant]),
	);
	const added = fc.dictionary(fc.stringMatching(/^added\d$/), EMPTY, { maxKeys: 2 });
	return fc
		.tuple(fc.tuple(...fields), added)
		.chain(([all, empty]) => shuffled([...Object.entries(empty), ...all]));
}

function shuffled<T>(elements: readonly T[]): fc.Arbitrary<T[]> {
	return fc.shuffledSubarray([...elements], { minLength: elements.length });
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
