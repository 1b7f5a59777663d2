import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { showInput } from '../../../nodes/Celonis/parameters/showInput';
import { InvalidEntry, parseList, parseObject } from '../../../nodes/Celonis/parameters/parseValue';

const names = fc.array(fc.stringMatching(/^[A-Z_]{1,12}( [A-Z]{1,5})?$/), { maxLength: 5 });

describe('parseList', () => {
	it('reads the same list in every form', () => {
		fc.assert(
			fc.property(names, (list) => {
				const quoted = list.map((name) => `'${name}'`).join(', ');
				const forms = [list, JSON.stringify(list), list.join(', '), list.join('\n'), `[${quoted}]`];
				for (const form of forms) expect(parseList(form)).toEqual(list);
			}),
			{ numRuns: 50 },
		);
	});

	it.each([[null], [true], [{}], [['a']]])('has an invalid entry for %j in a list', (entry) => {
		expect(parseList(['a', entry])).toEqual(['a', new InvalidEntry(entry)]);
	});

	it.each([true, { a: 1 }])('has an invalid entry for %j', (value) => {
		expect(parseList(value)).toEqual([new InvalidEntry(value)]);
	});

	it('leaves text in brackets that is no list as it is', () => {
		expect(parseList('[A-Z]+')).toEqual(['[A-Z]+']);
		expect(parseList('["A", "B"')).toEqual(['["A"', '"B"']);
	});
});

describe('parseObject', () => {
	it.each([null, undefined, '', ' ', '{}'])('is empty for %j', (value) => {
		expect(parseObject(value)).toEqual({});
	});

	it('reads an object and its JSON text', () => {
		expect([parseObject({ a: 1 }), parseObject('{"a":1}')]).toEqual([{ a: 1 }, { a: 1 }]);
	});

	it.each(['a', '[1]', 7, true, []])('rejects %j', (value) => {
		expect(parseObject(value)).toBeUndefined();
	});
});

describe('showInput', () => {
	it('leaves out what looks like a secret', () => {
		const item = {
			name: 'x',
			headers: [{ Authorization: 'AppKey abc123' }],
			note: 'Bearer abc123',
			clientSecret: 'abc123',
		};
		expect(showInput(item)).not.toContain('abc123');
		expect(showInput(item)).toContain('"name":"x"');
		expect(showInput('send AppKey abc123 please')).toBe('"send AppKey *** please"');
	});

	it('shortens', () => {
		expect(showInput('x'.repeat(1e6)).length).toBe(200);
		expect(showInput(new Date(0))).toBe('"1970-01-01T00:00:00.000Z"');
	});
});
