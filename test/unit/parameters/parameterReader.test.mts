import { describe, expect, it } from '@jest/globals';
import { getConcurrency } from '../../../nodes/Celonis/parameters/concurrency';
import { getEnrichActor } from '../../../nodes/Celonis/parameters/enrichActor';
import { FilterReader } from '../../../nodes/Celonis/parameters/filterReader';
import { getTimeoutMs } from '../../../nodes/Celonis/parameters/timeout';
import { createParameterReader } from '../../support/parameterReader';

const NOT_A_NUMBER = [null, '', ' ', 'many', true, [], {}, -1, 0, Infinity, NaN];

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
		expect([getTimeoutMs(options), getConcurrency(options)]).toEqual([60_000, 4]);
	});

	it('uses the default for null if the parameter is nullable', () => {
		expect(getConcurrency(createParameterReader({ concurrency: null }))).toBe(4);
		expect(() => getTimeoutMs(createParameterReader({ timeout: null }))).toThrow('null');
	});

	it.each([
		['2026-06-01T08:00:00Z', '2026-06-01T08:00:00.000Z'],
		['2026-06-01T08:00:00', '2026-06-01T06:00:00.000Z'],
		[new Date(0), '1970-01-01T00:00:00.000Z'],
	])('reads %p in the time zone of the workflow', (a, expected) => {
		const epochMs = createParameterReader({ a }).getDateTime('A', 'a');
		expect(new Date(epochMs!).toISOString()).toBe(expected);
	});

	it.each([undefined, null, ''])('has no date for %j', (a) => {
		expect(createParameterReader({ a }).getDateTime('A', 'a')).toBeUndefined();
	});

	it('matches a choice case-insensitively, and uses the default if it is undefined', () => {
		const getChoice = (a: unknown) =>
			createParameterReader({ a }).getChoice('A', 'a', ['one', 'two'], 'two');
		expect([' ONE ', 'two', undefined].map(getChoice)).toEqual(['one', 'two', 'two']);
		expect(() => getChoice(null)).toThrow("'A': null is not one of the choices");
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
		expect(() => createParameterReader({ a }).getRequiredText('A', 'a')).toThrow(message);
	});

	it.each([
		[true, true, true],
		['true', false, true],
		['TRUE', false, false],
		[1, false, false],
	])('reads the switch %j strictly', (value, isOn, isEnriched) => {
		const options = createParameterReader({ enrichActor: value });
		expect([options.isOn('enrichActor'), getEnrichActor(options)]).toEqual([isOn, isEnriched]);
	});
});

describe('FilterReader', () => {
	const createReader = (a: unknown) => new FilterReader(createParameterReader({ filters: { a } }));

	it.each([
		['TRUE', true],
		[' false ', false],
		['', false],
		[null, false],
	])('reads %j as a boolean', (a, expected) => {
		expect(createReader(a).getBoolean('A', 'a')).toBe(expected);
	});

	it.each([' ', 1, 'yes'])('rejects %j as a boolean', (a) => {
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
