import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseRecord, getText } from '../../../nodes/Celonis/records/record';
import { rawRecords } from './arbitraries.mts';

describe('parseRecord', () => {
	it('takes every record with a timestamp, and leaves it as it is', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const copy = structuredClone(raw);
				const record = parseRecord(raw);
				expect(record).toEqual({ raw: copy, timestampMs: Date.parse(String(raw.timestamp)) });
			}),
		);
	});

	it.each([null, undefined, 'text', 7, true, [[]]])('takes %p for no record', (value) => {
		expect(parseRecord(value)).toBe('notAnObject');
	});

	it.each([{}, { timestamp: null }, { timestamp: 'soon' }])('misses the time of %p', (value) => {
		expect(parseRecord(value)).toBe('noTimestamp');
	});
});

describe('textOf', () => {
	const at = { timestampMs: 0 };

	it('reads a text and trims it', () => {
		expect(getText({ ...at, raw: { event: ' ADMIN USER INVITED ' } }, 'event')).toBe(
			'ADMIN USER INVITED',
		);
	});

	it.each([null, undefined, '', ' ', 3, {}])('takes %p for no text', (event) => {
		expect(getText({ ...at, raw: { event } }, 'event')).toBeUndefined();
	});
});
