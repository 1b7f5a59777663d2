import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	appendCanonical,
	appendText,
	finishDigest,
	startDigest,
} from '../../../nodes/Celonis/records/canonicalDigest';
import { canonicalText } from '../../../nodes/Celonis/records/canonicalText';
import { sameMeaning, variants } from './meaning.mts';

/** A few texts that look like parts of a canonical text, so that many values are nearly equal. */
const texts = fc.constantFrom(
	'',
	'1',
	'1:',
	'1:a',
	'_',
	'#',
	'[',
	'{}',
	'0.5',
	'true',
	'null',
	'é',
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		texts,
		fc.constantFrom(0, 1, -1, 11, 0.5, true, false, null),
		fc.array(tie('value'), { maxLength: 3 }),
		fc.dictionary(texts, tie('value'), { maxKeys: 3 }),
	),
})).value;

/** Puts a value below many levels. */
function nest(levels: number, inner: unknown): unknown {
	let value = inner;
	for (let level = 0; level < levels; level++) value = level % 2 ? [value, 'x'] : { a: value };
	return value;
}

describe('canonicalText', () => {
	it.each([
		['small values that are nearly equal', values],
		['any JSON', fc.jsonValue()],
	])('differs for different meanings only: %s', (_, arbitrary) => {
		fc.assert(
			fc.property(arbitrary, arbitrary, (a, b) => {
				expect(canonicalText(a) === canonicalText(b)).toBe(sameMeaning(a, b));
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([0, 19, 20, 21, 40])(
		'does not depend on how a value is written, at level %p',
		(levels) => {
			const cases = fc.jsonValue().chain((value) => fc.tuple(fc.constant(value), variants(value)));
			fc.assert(
				fc.property(cases, ([value, variant]) => {
					expect(canonicalText(nest(levels, variant))).toBe(canonicalText(nest(levels, value)));
				}),
			);
		},
	);

	it.each([0, 19, 20, 21, 40])('depends on every value, at level %p', (levels) => {
		fc.assert(
			fc.property(values, values, (a, b) => {
				const isSame = canonicalText(nest(levels, a)) === canonicalText(nest(levels, b));
				expect(isSame).toBe(sameMeaning(a, b));
			}),
			{ numRuns: 500 },
		);
	});

	it('stays unambiguous when texts are joined', () => {
		const lists = fc.array(values, { minLength: 2, maxLength: 3 });
		const join = (list: unknown[]) => list.map((value) => canonicalText(value) || '_').join('');
		fc.assert(
			fc.property(lists, lists, (a, b) => {
				const isSame = a.length === b.length && a.every((value, i) => sameMeaning(value, b[i]));
				expect(join(a) === join(b)).toBe(isSame);
			}),
			{ numRuns: 2000 },
		);
	});

	it.each<[string, unknown, unknown]>([
		['a number and its text', 443, '443'],
		['a boolean and its text', true, 'true'],
		['a large number and its digits', 1e21, '1000000000000000000000'],
		['a large fraction and its digits', -1.5e22, '-15000000000000000000000'],
		['a small number and its digits', 1.25e-7, '0.000000125'],
		['the order of a list', { a: ['EDIT', 'USE'] }, { a: ['USE', 'EDIT'] }],
		['what is empty', { a: 1, b: [null, {}, [{ c: '' }]], d: null }, { a: 1 }],
	])('is the same whatever %s', (_, a, b) => {
		expect(canonicalText(a)).toBe(canonicalText(b));
	});

	it.each<[string, unknown, unknown]>([
		['texts that stand for the same number', '1.10', '1.1'],
		['spaces', ' a', 'a'],
		['upper and lower case', 'A', 'a'],
		['a blank and an empty text', ' ', ''],
		['zero and an empty text', 0, ''],
		['a list and its only element', ['a'], 'a'],
		['how often an element is in a list', ['a', 'a'], ['a']],
		['in which object a field is', { a: { b: 1 } }, { b: { a: 1 } }],
		['the digits of a long number', '12345678901234567890', '12345678901234567891'],
	])('tells apart %s', (_, a, b) => {
		expect(canonicalText(a)).not.toBe(canonicalText(b));
	});

	it('is empty for what is empty at any level', () => {
		for (const levels of [0, 1, 30, 50_000]) {
			let value: unknown = null;
			for (let level = 0; level < levels; level++) value = level % 2 ? [value, ''] : { a: value };
			expect(canonicalText(value)).toBe('');
		}
	});

	it('takes linear time, at any depth and for any number of elements', () => {
		const startedMs = performance.now();
		const many = Array.from({ length: 200_000 }, (_, i) => ['x'.repeat(40), i]);
		expect(canonicalText(nest(200_000, 'y'))).not.toBe(canonicalText(nest(200_000, 'z')));
		expect(canonicalText(many)).toBe(canonicalText([...many].reverse()));
		// Quadratic time would be hours.
		expect(performance.now() - startedMs).toBeLessThan(20_000);
	});
});

describe('the digest of canonical texts', () => {
	const digest = (start: string, parts: ReadonlyArray<readonly [string, unknown]>) => {
		startDigest(start);
		for (const [text, value] of parts) {
			appendText(text);
			appendCanonical(value, '_');
		}
		return finishDigest();
	};
	const hashTexts = (start: string, parts: ReadonlyArray<readonly [string, unknown]>) => {
		const texts = parts.map(([text, value]) => text + (canonicalText(value) || '_'));
		const hash = createHash('sha256').update(start + texts.join(''), 'utf8');
		return hash.digest('hex').slice(0, 32);
	};
	const anyTexts = fc.string({ unit: 'binary', maxLength: 40 });

	it.each([
		['small values', values],
		['any JSON', fc.jsonValue()],
		['texts of any characters', fc.dictionary(anyTexts, fc.oneof(anyTexts, fc.double()))],
	])('is the hash of these texts: %s', (_, arbitrary) => {
		fc.assert(
			fc.property(
				anyTexts,
				fc.array(fc.tuple(anyTexts, arbitrary), { maxLength: 4 }),
				(...args) => {
					expect(digest(...args)).toBe(hashTexts(...args));
				},
			),
		);
	});

	it.each([
		['unpaired surrogates', { '\ud800': 'a\udc00b', long: `${'x'.repeat(30)}\ud83d` }],
		[
			'texts at each bound of length',
			[0, 1, 9, 10, 15, 16, 99, 100, 4000].map((n) => 'é'.repeat(n)),
		],
		['more keys than usual', Object.fromEntries([...'qwertzuiopasdfghjkl'].map((k) => [k, k]))],
		['deep values', nest(40, 'x')],
		['values that exceed the buffer', { a: 'ü'.repeat(100_000), b: 'x'.repeat(2_000_000), c: 1 }],
	])('is the hash of these texts: %s', (_, value) => {
		const parts = [['', value] as const, ['.', 'after'] as const];
		expect(digest('17:', parts)).toBe(hashTexts('17:', parts));
		expect(digest('', [['', 'next']])).toBe(hashTexts('', [['', 'next']]));
	});
});
