import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, canonicalText } from '../../../nodes/Celonis/records/canonicalJson';

/** A few texts that look like parts of a canonical text, so that many values are nearly equal. */
const texts = fc.constantFrom('', '1', '"', '1:', '"1:a', ';', '_', 'null;', '[', '{}', '~', 'é');
const values = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		texts,
		fc.constantFrom(0, 1, -1, 11, 0.5, true, false, null),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(texts, tie('value'), { maxKeys: 3 }),
	),
})).value;

describe('canonicalText', () => {
	it.each([
		['small values that are nearly equal', values],
		['any JSON', fc.jsonValue()],
	])('differs for different values only: %s', (_, arbitrary) => {
		fc.assert(
			fc.property(arbitrary, arbitrary, (a, b) => {
				const isSame = canonicalJson(a) === canonicalJson(b);
				expect(canonicalText(a) === canonicalText(b)).toBe(isSame);
			}),
			{ numRuns: 2000 },
		);
	});

	it('stays unambiguous when texts are joined', () => {
		const pairs = fc.array(values, { minLength: 2, maxLength: 3 });
		const joined = (list: unknown[]) => list.map((value) => canonicalText(value)).join('');
		fc.assert(
			fc.property(pairs, pairs, (a, b) => {
				expect(joined(a) === joined(b)).toBe(canonicalJson(a) === canonicalJson(b));
			}),
			{ numRuns: 2000 },
		);
	});

	it('does not depend on the order of keys at any level', () => {
		const reversed = (value: unknown): unknown => {
			if (typeof value !== 'object' || value === null) return value;
			if (Array.isArray(value)) return value.map(reversed);
			const entries = Object.entries(value).reverse();
			return Object.fromEntries(entries.map(([key, inner]) => [key, reversed(inner)]));
		};
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				expect(canonicalText(reversed(value))).toBe(canonicalText(value));
			}),
		);
	});

	it('accepts values of any depth', () => {
		const nest = (inner: unknown) => {
			let value = inner;
			for (let level = 0; level < 50_000; level++) value = [value];
			return value;
		};
		expect(canonicalText(nest({ a: 1, b: 2 }))).toBe(canonicalText(nest({ b: 2, a: 1 })));
		expect(canonicalText(nest(1))).not.toBe(canonicalText(nest('1')));
	});
});
