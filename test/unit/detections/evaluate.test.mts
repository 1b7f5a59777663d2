import { describe, expect, test } from '@jest/globals';
import { compileRule, type Event } from '../../../scripts/sigma/evaluate.mts';
import { renderCondition } from '../../../scripts/sigma/javascript.mts';
import { renderCode } from '../../../scripts/sigma/workflowCode.mts';
import type { DetectionRule } from '../../../scripts/sigma/rules.mts';
import { runCode } from '../../integration/detections/runCode.mts';

const toDetection = (selection: unknown) => ({ selection, condition: 'selection' });

const evaluate = (selection: unknown, event: Event): boolean =>
	compileRule({ detection: toDetection(selection) })(event);

/** The same by the code of the example workflow. */
function evaluateAsCode(selection: unknown, event: Event): boolean {
	const rule = { title: "It's", level: 'high', detection: toDetection(selection) };
	const code = renderCode([{ file: 'a.yml', rule: rule as unknown as DetectionRule }]);
	return runCode(code, [event as never]).length === 1;
}

describe('a selection', () => {
	test.each<[string, unknown, Event, boolean]>([
		['a value in another case', { event: 'team_deleted' }, { event: 'TEAM_DELETED' }, true],
		['a part of a value', { event: 'TEAM' }, { event: 'TEAM_DELETED' }, false],
		['one of a list', { event: ['A', 'B'] }, { event: 'B' }, true],
		['none of a list', { event: ['A', 'B'] }, { event: 'C' }, false],
		['all fields of a map', { a: 1, b: 2 }, { a: 1, b: 2 }, true],
		['one field of a map', { a: 1, b: 2 }, { a: 1 }, false],
		['one map of a list', [{ a: 1 }, { b: 2 }], { b: 2 }, true],
		['no map of a list', [{ a: 1 }, { b: 2 }], { c: 3 }, false],
		['a number as text', { port: 443 }, { port: '443' }, true],
		['a text as number', { port: '443' }, { port: 443 }, true],
		['a boolean', { success: false }, { success: false }, true],
		['a boolean as text', { success: false }, { success: 'False' }, true],
		['a nested field', { 'message.name': 'x' }, { message: { name: 'x' } }, true],
		['a field of a text', { 'message.name': 'x' }, { message: 'x' }, false],
		['a field of null', { 'message.name': 'x' }, { message: null }, false],
		['an inherited field', { 'message.constructor|contains': 'o' }, { message: {} }, false],
		['an element of a list', { 'm.p': 'B' }, { m: { p: ['A', 'B'] } }, true],
		['no element of an empty list', { 'm.p': 'B' }, { m: { p: [] } }, false],
		['a field of objects in a list', { 'm.p': 1 }, { m: [{ p: 2 }, { p: 1 }] }, true],
		['an object', { message: '*' }, { message: {} }, false],
		['empty text', { a: '' }, { a: '' }, true],
		['empty text, but missing', { a: '' }, {}, false],
		['null', { a: null }, { a: null }, true],
		['null, but missing', { a: null }, {}, true],
		['null, but empty text', { a: null }, { a: '' }, false],
		['null, but an object', { a: null }, { a: {} }, false],
		['a non-ASCII letter in another case', { a: 'ÄRGER' }, { a: 'ärger' }, true],
	])('%s', (_name, selection, event, expected) => {
		expect(evaluate(selection, event)).toBe(expected);
		expect(evaluateAsCode(selection, event)).toBe(expected);
	});
});

describe('a modifier', () => {
	test.each<[string, unknown, Event, boolean]>([
		['contains', { 'a|contains': 'DMI' }, { a: 'the admin' }, true],
		['contains one of a list', { 'a|contains': ['x', 'admin'] }, { a: 'the admin' }, true],
		['contains all', { 'a|contains|all': ['the', 'admin'] }, { a: 'the admin' }, true],
		['contains not all', { 'a|contains|all': ['the', 'user'] }, { a: 'the admin' }, false],
		['all, in several elements', { 'a|all': ['x', 'y'] }, { a: ['y', 'x'] }, true],
		['startswith', { 'a|startswith': 'fail' }, { a: 'FAILED' }, true],
		['startswith, but later', { 'a|startswith': 'fail' }, { a: 'it FAILED' }, false],
		['endswith', { 'a|endswith': 'ed' }, { a: 'FAILED' }, true],
		['endswith, but earlier', { 'a|endswith': 'fail' }, { a: 'FAILED' }, false],
		['contains a line break', { 'a|contains': 'b' }, { a: 'a\nb\nc' }, true],
		['contains a backslash', { 'a|contains': 'a\\' }, { a: 'x a\\b' }, true],
		['re, anywhere', { 'a|re': '/0($|[^0-9])' }, { a: '["10.0.0.0/0"]' }, true],
		['re, not there', { 'a|re': '/0($|[^0-9])' }, { a: '10.0.0.0/08' }, false],
		['re, in another case', { 'a|re': 'admin' }, { a: 'ADMIN' }, false],
		['re with i', { 'a|re|i': 'admin' }, { a: 'ADMIN' }, true],
	])('%s', (_name, selection, event, expected) => {
		expect(evaluate(selection, event)).toBe(expected);
		expect(evaluateAsCode(selection, event)).toBe(expected);
	});

	test.each<[string, unknown, Event, boolean]>([
		['cidr', { 'ip|cidr': '10.0.0.0/8' }, { ip: '10.1.2.3' }, true],
		['cidr, outside', { 'ip|cidr': '10.0.0.0/8' }, { ip: '11.1.2.3' }, false],
		[
			'cidr, one of two',
			{ 'ip|cidr': ['10.0.0.0/8', '2001:db8::/32'] },
			{ ip: '2001:db8::1' },
			true,
		],
		['cidr, no address', { 'ip|cidr': '10.0.0.0/8' }, { ip: 'unknown' }, false],
	])('%s', (_name, selection, event, expected) => {
		expect(evaluate(selection, event)).toBe(expected);
		expect(() => renderCondition({ detection: toDetection(selection) })).toThrow('no rule needs');
	});
});

describe('a wildcard', () => {
	test.each([
		['*', '', true],
		['?', '', false],
		['?*', 'x', true],
		['USER_*_KEY', 'USER_DELETE_API_KEY', true],
		['USER_?_KEY', 'USER_AB_KEY', false],
		['a.c', 'abc', false],
		['a+b(c)[d]{e}|f^$/', 'a+b(c)[d]{e}|f^$/', true],
		['a\\*b', 'a*b', true],
		['a\\*b', 'axb', false],
		['a\\?b', 'a?b', true],
		['C:\\Users\\a', 'C:\\Users\\a', true],
		['C:\\\\Users', 'C:\\Users', true],
		['C:\\\\*', 'C:\\Users', true],
		['C:\\\\\\*', 'C:\\*', true],
		['C:\\\\\\*', 'C:\\x', false],
	])('%s for %s: %s', (pattern, value, expected) => {
		expect(evaluate({ a: pattern }, { a: value })).toBe(expected);
		expect(evaluateAsCode({ a: pattern }, { a: value })).toBe(expected);
	});
});

test.each([
	[['keyword'], 'Keywords'],
	['keyword', 'Keywords'],
	[{ '|all': ['a', 'b'] }, 'Keywords'],
	[{ 'a|base64': 'x' }, 'base64 is not supported'],
	[{ 'a|contains|cased': 'x' }, 'contains|cased are not supported'],
	[{ 'a|all': 'x' }, 'too few values'],
	[{ a: [] }, 'too few values'],
	[{ a: ['', null] }, 'null must not be part of a list'],
	[{ a: { b: 1 } }, 'is not a value'],
	[{ 'a|contains': null }, 'is not a value'],
	[{ 'a|exists': true }, 'exists is not supported'],
	[{ 'a|cidr': '10.0.0.0/99' }, 'is not an address block'],
	[{ 'a|re': '(' }, 'Invalid regular expression'],
])('%j is refused', (selection, message) => {
	expect(() => evaluate(selection, {})).toThrow(message);
});
