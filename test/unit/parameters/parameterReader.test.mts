import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { getConcurrency } from '../../../nodes/Celonis/parameters/concurrency';
import { getEnrichActor } from '../../../nodes/Celonis/parameters/enrichActor';
import { FilterReader } from '../../../nodes/Celonis/parameters/filterReader';
import { getTimeoutMs } from '../../../nodes/Celonis/parameters/timeout';
import { createParameterReader } from '../../support/parameterReader';

const NOT_A_NUMBER = ['many', '1,5', '5 days', true, [], {}, -1, 0, Infinity, NaN];
const UNSET = [undefined, null, '', ' '];

describe('ParameterReader', () => {
	it.each([7, '7', ' 7 ', '7e0'])('accepts %j as a whole number', (a) => {
		expect(createParameterReader({ a }).getInteger('A', 'a', { default: 1, max: 7 })).toBe(7);
	});

	it.each([...NOT_A_NUMBER, 1.5, 8, '8'])('rejects %j as a whole number up to 7', (a) => {
		const get = () => createParameterReader({ a }).getInteger('A', 'a', { default: 1, max: 7 });
		expect(get).toThrow(`'A': ${JSON.stringify(a)} is not a whole number from 1 to 7`);
	});

	it.each([0.5, '0.5'])('accepts %j as a number greater than 0', (a) => {
		expect(createParameterReader({ a }).getPositiveNumber('A', 'a', { default: 1 })).toBe(0.5);
	});

	it.each(NOT_A_NUMBER)('rejects %j as a number greater than 0', (a) => {
		const get = () => createParameterReader({ a }).getPositiveNumber('A', 'a', { default: 1 });
		expect(get).toThrow('is not a number greater than 0');
	});

	it('uses the default for a missing number', () => {
		const options = createParameterReader({});
		expect([getTimeoutMs(options), getConcurrency(options)]).toEqual([60_000, 8]);
	});

	it.each(UNSET)('uses the default for the number %j', (value) => {
		const options = createParameterReader({ concurrency: value, timeout: value });
		expect([getTimeoutMs(options), getConcurrency(options)]).toEqual([60_000, 8]);
	});

	it.each([
		['2026-06-01T08:00:00Z', '2026-06-01T08:00:00.000Z'],
		['2026-06-01T08:00:00', '2026-06-01T06:00:00.000Z'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
	])('reads %p in the time zone of the workflow', (a, expected) => {
		const epochMs = createParameterReader({ a }).getDateTime('A', 'a', 'start');
		expect(new Date(epochMs!).toISOString()).toBe(expected);
	});

	it.each(UNSET)('has no date for %j', (a) => {
		expect(createParameterReader({ a }).getDateTime('A', 'a', 'start')).toBeUndefined();
	});

	it('matches a choice case-insensitively, and uses the default if it is undefined', () => {
		const getChoice = (a: unknown) =>
			createParameterReader({ a }).getChoice('A', 'a', ['one', 'two'], 'two');
		expect([' ONE ', 'two'].map(getChoice)).toEqual(['one', 'two']);
		expect(UNSET.map(getChoice)).toEqual(UNSET.map(() => 'two'));
		expect(() => getChoice('3')).toThrow(
			`'A': "3" is not one of the choices. Write one of: one, two.`,
		);
	});

	it.each([
		['a, b\n c,', ['a', 'b', 'c']],
		[
			['a, b', 3],
			['a', 'b', '3'],
		],
		[7, ['7']],
		[null, []],
	])('splits the list %j', (a, expected) => {
		expect(createParameterReader({ a }).getList('A', 'a')).toEqual(expected);
	});

	it.each([
		[' ', "'A' must not be empty"],
		[5, "'A': 5 is not text"],
	])('rejects %j as required text', (a, message) => {
		expect(() => createParameterReader({ a }).getRequiredText('A', 'a', 'x')).toThrow(message);
	});

	it.each([
		[true, true],
		[' TRUE ', true],
		['false', false],
		...UNSET.map((value) => [value, false] as const),
	])('reads the switch %j as %j', (enrichActor, expected) => {
		expect(getEnrichActor(createParameterReader({ enrichActor }))).toBe(expected);
	});

	it.each([1, 0, 'yes', [true]])('rejects the switch %j', (enrichActor) => {
		expect(() => getEnrichActor(createParameterReader({ enrichActor }))).toThrow(
			`'Enrich Actor': ${JSON.stringify(enrichActor)} is neither true nor false. Write true or false.`,
		);
	});
});

describe('FilterReader', () => {
	const createReader = (a: unknown) => new FilterReader(createParameterReader({ a }));

	it.each([
		['TRUE', true],
		[' false ', false],
		['', false],
		[' ', false],
		[null, false],
	])('reads %j as a boolean', (a, expected) => {
		expect(createReader(a).getBoolean('A', 'a')).toBe(expected);
	});

	it.each([1, 'yes'])('rejects %j as a boolean', (a) => {
		expect(() => createReader(a).getBoolean('A', 'a')).toThrow('is neither true nor false');
	});

	it('separates included from excluded entries', () => {
		const parse = (entry: string) => entry.toUpperCase();
		const expectation = { mismatch: 'is invalid', hint: '' };
		const get = (a: unknown) => createReader(a).getIncludeExclude('A', 'a', parse, expectation);
		expect(get('a, ! b, c')).toEqual({ include: ['A', 'C'], exclude: ['B'] });
		expect(get(' , ')).toBeUndefined();
		expect(() => get('a, !')).toThrow(`'A': "!" is invalid`);
	});
});

describe('a collection', () => {
	const property: INodeProperties = {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		default: {},
		options: [{ displayName: 'A', name: 'a', type: 'string', default: '', placeholder: 'e.g. B*' }],
	};
	const getA = (filters: unknown) =>
		createParameterReader({ filters }).getCollection(property).getValue('a');

	it.each([{ a: 'x' }, '{"a":"x"}', { a: 'x', ofAnotherLog: 1 }])('is read from %j', (filters) => {
		expect(getA(filters)).toBe('x');
	});

	it.each([...UNSET, {}, '{}'])('is empty if it is %j', (filters) => {
		expect(getA(filters)).toBeNull();
	});

	it.each([
		[
			'a: x',
			`'Filters': "a: x" is not an object. Write an object with some of: a, such as {"a":"B*"}.`,
		],
		[[1], "'Filters': [1] is not an object"],
		[
			'{"b":1}',
			`'Filters': "b" is not one of its fields. Write an object with some of: a, such as {"a":"B*"}.`,
		],
	])('rejects %j', (filters, message) => {
		expect(() => getA(filters)).toThrow(message);
	});
});
