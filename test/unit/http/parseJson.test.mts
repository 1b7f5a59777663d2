import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseJson } from '../../../nodes/Celonis/http/parseJson';

const digits = (maxLength: number) =>
	fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength });

/** Numbers by the grammar of JSON: short and long, with fractions and exponents of any size. */
const numberTokens = fc
	.tuple(
		fc.constantFrom('', '-'),
		fc.oneof(
			fc.constant('0'),
			fc.tuple(fc.integer({ min: 1, max: 9 }), digits(24)).map((all) => all.join('')),
		),
		fc.oneof(
			fc.constant(''),
			digits(24).map((fraction) => `.${fraction}`),
		),
		fc.oneof(
			{ weight: 3, arbitrary: fc.constant('') },
			fc.tuple(fc.constantFrom('e', 'E', 'e+', 'e-'), digits(4)).map((parts) => parts.join('')),
		),
	)
	.map((parts) => parts.join(''));

/** Texts that look like numbers, or like the end of a string. */
const texts = fc.oneof(
	fc.string(),
	numberTokens,
	fc.constantFrom('"', '\\', '\\"', ': 12345678901234567890', '[1e400]'),
);

/**
 * Names of fields. None ends in a backslash: the `JSON.parse` of Node.js 24.21 reads the
 * name `"\""` as `"\\"` after an object that has the latter.
 */
const names = texts.filter((text) => !text.endsWith('\\'));

/** JSON texts with all white space that is allowed, and what they stand for. */
const space = fc.constantFrom('', '', ' ', '\n', '\r\n\t');
const documents = fc.letrec<{ value: { json: string; value: unknown } }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 3 },
		numberTokens.map((json) => ({ json, value: expectedNumber(json) })),
		texts.map((value) => ({ json: JSON.stringify(value), value })),
		fc.constantFrom(null, true, false).map((value) => ({ json: String(value), value })),
		fc.tuple(fc.array(tie('value')), space).map(([all, gap]) => ({
			json: `[${gap}${all.map(({ json }) => json).join(`${gap},${gap}`)}${gap}]`,
			value: all.map(({ value }) => value),
		})),
		fc.tuple(fc.array(fc.tuple(names, tie('value'))), space).map(([all, gap]) => ({
			json: `{${all.map(([key, { json }]) => `${JSON.stringify(key)}${gap}:${gap}${json}`).join(',')}}`,
			value: Object.fromEntries(all.map(([key, { value }]) => [key, value])),
		})),
	),
})).value;

/** The number, if it has the same value in decimal; else its text. */
function expectedNumber(json: string): unknown {
	const number = Number(json);
	return Number.isFinite(number) && areEqual(json, String(number)) ? number : json;
}

/** Compares two decimal numbers as integers, after moving both points to the right. */
function areEqual(a: string, b: string): boolean {
	const parse = (text: string) => {
		const [, mantissa = '', exponent = '0'] = /^([^e]*)(?:e(.*))?$/i.exec(text) ?? [];
		const fraction = mantissa.split('.')[1] ?? '';
		return { digits: BigInt(mantissa.replace('.', '')), shift: Number(exponent) - fraction.length };
	};
	const [left, right] = [parse(a), parse(b)];
	if (left.digits === 0n || right.digits === 0n) return left.digits === right.digits;
	const lowest = Math.min(left.shift, right.shift);
	const scale = ({ digits, shift }: typeof left) => digits * 10n ** BigInt(shift - lowest);
	return scale(left) === scale(right);
}

describe('parseJson', () => {
	it('gives what JSON.parse gives, but the digits of numbers that it would change', () => {
		fc.assert(
			fc.property(documents, ({ json, value }) => {
				expect(parseJson(json)).toEqual(value);
			}),
			{ numRuns: 5000 },
		);
	});

	it.each([
		['12345678901234567890', '12345678901234567890'],
		['-9007199254740993', '-9007199254740993'],
		['9007199254740992', 9007199254740992],
		['12345678901234567000', 12345678901234567000],
		['0.1', 0.1],
		['1.50', 1.5],
		['1738507930.903456', 1738507930.903456],
		['1738507930.903456789', '1738507930.903456789'],
		['1e400', '1e400'],
		['1E-400', '1E-400'],
		['1e21', 1e21],
		['0e999', 0],
		['1.7976931348623157e308', Number.MAX_VALUE],
	])('reads %s as %p', (json, value) => {
		expect(parseJson(json)).toBe(value);
		expect(parseJson(`{"a":[${json}]}`)).toEqual({ a: [value] });
	});

	it.each([
		'{12345678901234567890:1}',
		'[012345678901234567890]',
		'[12345678901234567890',
		'[1.e400]',
		'[12345678901234567890 1]',
		'["12345678901234567890]',
	])('rejects %s, which is not JSON', (text) => {
		expect(() => parseJson(text)).toThrow(SyntaxError);
	});

	it('keeps fields whose names every object inherits', () => {
		const json = '{"__proto__":12345678901234567890,"constructor":1}';
		expect(Object.entries(parseJson(json) as object)).toEqual([
			['__proto__', '12345678901234567890'],
			['constructor', 1],
		]);
	});

	it.each([
		['digits', (n: number) => '1'.repeat(n)],
		['zeros', (n: number) => `1${'0'.repeat(n)}1`],
		['zeros behind the point', (n: number) => `0.${'0'.repeat(n)}1`],
		['an exponent', (n: number) => `1e${'1'.repeat(n)}`],
		['numbers', (n: number) => `[${'12345678901234567890,'.repeat(n / 20)}1]`],
		['quotation marks', (n: number) => `["${'\\"'.repeat(n / 2)}",12345678901234567890]`],
		['backslashes', (n: number) => `["${'\\\\'.repeat(n / 2)}",12345678901234567890]`],
		['what looks like exponents', (n: number) => `["${':1e'.repeat(n / 3)}"]`],
	])('takes linear time for millions of %s', (_, write) => {
		const startedMs = performance.now();
		parseJson(`{"a":${write(3_000_000)}}`);
		// Quadratic time would be hours.
		expect(performance.now() - startedMs).toBeLessThan(10_000);
	});
});
