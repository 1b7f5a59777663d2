import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
	formatTimestamp,
	getSubMillisecondDigits,
	parseTimestamp,
} from '../../../nodes/Celonis/records/timestamp';

describe('parseTimestamp', () => {
	it.each([
		['2025-02-02T14:52:10.903Z', '2025-02-02T14:52:10.903Z'],
		['2025-02-02T14:52:10Z', '2025-02-02T14:52:10.000Z'],
		['2025-02-02T14:52:10.9Z', '2025-02-02T14:52:10.900Z'],
		['2025-02-02T14:52:10.903456789Z', '2025-02-02T14:52:10.903Z'],
		['2025-02-02T16:52:10.903+02:00', '2025-02-02T14:52:10.903Z'],
		['2025-02-02T09:22:10-0530', '2025-02-02T14:52:10.000Z'],
		['2025-02-02T14:52:10', '2025-02-02T14:52:10.000Z'],
		['2025-02-02T14:52Z', '2025-02-02T14:52:00.000Z'],
		['2025-02-02 14:52:10.903', '2025-02-02T14:52:10.903Z'],
		['2025-02-02 14:52:10.903 UTC', '2025-02-02T14:52:10.903Z'],
		['2025-02-02 16:52:10+02:00', '2025-02-02T14:52:10.000Z'],
		['2025-02-02 14:52', '2025-02-02T14:52:00.000Z'],
		[1738507930, '2025-02-02T14:52:10.000Z'],
		[1738507930.903, '2025-02-02T14:52:10.903Z'],
		[1738507930903, '2025-02-02T14:52:10.903Z'],
		[1738507930903.25, '2025-02-02T14:52:10.903Z'],
		['1738507930', '2025-02-02T14:52:10.000Z'],
		[' 1738507930.903456789 ', '2025-02-02T14:52:10.903Z'],
		['1738507930903', '2025-02-02T14:52:10.903Z'],
		[[2025, 2, 2, 14, 52, 10, 903000000], '2025-02-02T14:52:10.903Z'],
		[[2025, 2, 2, 14, 52, 10, 3000000], '2025-02-02T14:52:10.003Z'],
		[[2025, 2, 2, 14, 52, 10], '2025-02-02T14:52:10.000Z'],
		[[2025, 2, 2, 14, 52], '2025-02-02T14:52:00.000Z'],
	])('parses %p', (text, expected) => {
		expect(new Date(parseTimestamp(text) ?? NaN).toISOString()).toBe(expected);
	});

	it.each([
		'',
		'yesterday',
		'2025-02-30T00:00:00Z',
		'2025-02-02',
		'Feb 2, 2025',
		'12345',
		0,
		-1738507930,
		NaN,
		Infinity,
		1e30,
		'1'.repeat(1_000_000),
		`2025-02-02 14:52:10${' '.repeat(1_000_000)}`,
		[],
		[2025, 2, 2],
		[2025, 2, 30, 0, 0],
		[2025, 2, 2, 14, 52, 10, -1],
		[2025, 2, 2, 14, 52, 10, 1e9],
		['2025', 2, 2, 14, 52],
		true,
		null,
		undefined,
		{},
	])('rejects %p', (value) => {
		expect(parseTimestamp(value)).toBeUndefined();
	});

	it('parses formatted timestamps, to the millisecond', () => {
		fc.assert(
			fc.property(
				fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2200-01-01') }),
				(date) => {
					expect(parseTimestamp(formatTimestamp(date.getTime()))).toBe(date.getTime());
				},
			),
		);
	});

	it('parses like Luxon, which knows the length of each month', () => {
		const digits = (max: number) =>
			fc.integer({ min: 0, max }).map((number) => String(number).padStart(2, '0'));
		const parts = fc.tuple(
			fc.constantFrom('0000', '1900', '2000', '2023', '2024'),
			...[13, 32].map(digits),
			...[25, 61, 61].map(digits),
			fc.constantFrom('', '.9', '.903', '.903999'),
			fc.oneof(
				fc.constantFrom('Z', '', '-00:00'),
				fc
					.tuple(fc.constantFrom('+', '-'), digits(23), digits(59))
					.map(([sign, hours, minutes]) => `${sign}${hours}:${minutes}`),
			),
		);
		fc.assert(
			fc.property(parts, ([year, month, day, hours, minutes, seconds, fraction, zone]) => {
				const text = `${year}-${month}-${day}T${hours}:${minutes}:${seconds}${fraction}${zone}`;
				const luxon = DateTime.fromISO(text, { zone: 'utc' });
				expect([text, parseTimestamp(text)]).toEqual([
					text,
					luxon.isValid ? luxon.toMillis() : undefined,
				]);
			}),
			{ numRuns: 5000 },
		);
	});
});

describe('getSubMillisecondDigits', () => {
	it.each([
		['2025-02-02T14:52:10.903Z', ''],
		['2025-02-02T14:52:10.903000Z', ''],
		['2025-02-02T14:52:10.903100Z', '1'],
		['2025-02-02 14:52:10.903100', '1'],
		['1738507930.903100', '1'],
		[1738507930903.5, '5'],
		[1738507930, ''],
		[[2025, 2, 2, 14, 52, 10, 903000000], ''],
		[[2025, 2, 2, 14, 52, 10, 903000001], '000001'],
		[undefined, ''],
	])('of %p', (timestamp, digits) => {
		expect(getSubMillisecondDigits(timestamp)).toBe(digits);
	});
});
