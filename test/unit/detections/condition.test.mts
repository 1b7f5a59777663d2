import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compileRule } from '../../../scripts/sigma/evaluate.mts';
import { parseCondition } from '../../../scripts/sigma/condition.mts';

/** Selections that match if the event's field of the same name is 1. */
const SELECTIONS = Object.fromEntries(
	['a', 'b', 'c', '_d', 'filter_main_x', 'filter_main_y'].map((name) => [name, { [name]: 1 }]),
);

function evaluate(condition: string, ...present: string[]): boolean {
	const matches = compileRule({ detection: { ...SELECTIONS, condition } });
	return matches(Object.fromEntries(present.map((name) => [name, 1])));
}

/** The same condition as JavaScript, whose operators have the precedence of Sigma's. */
function evaluateAsJavaScript(condition: string, present: readonly string[]): boolean {
	const code = condition
		.replace(/\b[abc]\b/g, (name) => String(present.includes(name)))
		.replaceAll('not', '!')
		.replaceAll('and', '&&')
		.replaceAll('or', '||');
	return Boolean(new Function(`return ${code}`)());
}

const conditions = fc.letrec<{ expression: string }>((tie) => ({
	expression: fc.oneof(
		{ depthSize: 'small', withCrossShrink: true },
		fc.constantFrom('a', 'b', 'c'),
		tie('expression').map((part) => `(${part})`),
		tie('expression').map((part) => `not (${part})`),
		fc
			.tuple(tie('expression'), fc.constantFrom('and', 'or', 'and not'), tie('expression'))
			.map((parts) => parts.join(' ')),
	),
})).expression;

test('a condition has the precedence of not, and, or', () => {
	fc.assert(
		fc.property(conditions, fc.subarray(['a', 'b', 'c']), (condition, present) => {
			expect(evaluate(condition, ...present)).toBe(evaluateAsJavaScript(condition, present));
		}),
	);
});

describe('"of"', () => {
	test.each([
		['1 of filter_main_*', ['filter_main_y'], true],
		['1 of filter_main_*', ['a'], false],
		['all of filter_main_*', ['filter_main_x'], false],
		['all of filter_main_*', ['filter_main_x', 'filter_main_y'], true],
		['1 of *_main_x', ['filter_main_x'], true],
		['a and not 1 of filter_*', ['a'], true],
		['a and not 1 of filter_*', ['a', 'filter_main_x'], false],
		['1 of them', ['_d'], false],
		['1 of them', ['c'], true],
		['all of them', ['a', 'b', 'c', 'filter_main_x', 'filter_main_y'], true],
		['_d', ['_d'], true],
	])('%s with %j: %s', (condition, present, expected) => {
		expect(evaluate(condition, ...present)).toBe(expected);
	});
});

test.each([
	'',
	'and',
	'a b',
	'a and',
	'not',
	'(a',
	'a)',
	'a or or b',
	'1 of',
	'1 a',
	'2 of a*',
	'all a',
	'them',
	'a | count() > 5',
	'a and (b or )',
])('%j is no condition', (condition) => {
	expect(() => parseCondition(condition)).toThrow('is not valid');
});

test('a condition needs selections that exist', () => {
	expect(() => evaluate('a and z')).toThrow('No selection is called z');
	expect(() => evaluate('1 of z*')).toThrow('No selection is called z*');
});
