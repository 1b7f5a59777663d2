import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRecord, getText } from '../../../nodes/Celonis/records/record';
import { rawRecords } from './arbitraries.mts';

describe('parseRecord', () => {
	it('accepts every object with a timestamp and does not change it', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const copy = structuredClone(raw);
				const record = parseRecord(raw, 7);
				expect(record).toEqual({ raw: copy, timestampMs: Date.parse(String(raw.timestamp)) });
			}),
		);
	});

	it.each([null, undefined, 'text', 7, true, [[]]])('keeps what is no object: %p', (value) => {
		const expected = { raw: { record: value }, timestampMs: 7, problem: 'notAnObject' };
		expect(parseRecord(value, 7)).toEqual(expected);
	});

	it.each([{}, { timestamp: null }, { timestamp: 'soon' }])('finds no timestamp in %p', (raw) => {
		expect(parseRecord(raw, 7)).toEqual({ raw, timestampMs: 7, problem: 'invalidTimestamp' });
	});
});

describe('getText', () => {
	const at = { timestampMs: 0 };

	it('trims text', () => {
		expect(getText({ ...at, raw: { event: ' ADMIN USER INVITED ' } }, 'event')).toBe(
			'ADMIN USER INVITED',
		);
	});

	it.each([null, undefined, '', ' ', 3, {}])('returns undefined for %p', (event) => {
		expect(getText({ ...at, raw: { event } }, 'event')).toBeUndefined();
	});
});
