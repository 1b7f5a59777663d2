import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { parseDateTime, type Bound } from '../../../nodes/Celonis/parameters/parseDateTime';

const BERLIN = 'Europe/Berlin';
/** 10:00 in Berlin. */
const NOW_MS = Date.parse('2026-06-10T08:00:00Z');

function parse(value: unknown, bound: Bound = 'start', timezone = BERLIN): string | undefined {
	const epochMs = parseDateTime(value, { timezone, bound, nowMs: NOW_MS });
	return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}

const parseBoth = (value: unknown, timezone?: string) => [
	parse(value, 'start', timezone),
	parse(value, 'end', timezone),
];

describe('a moment', () => {
	const MOMENT = '2026-06-01T06:30:00.000Z';

	it.each([
		'2026-06-01T06:30:00Z',
		'2026-06-01t06:30z',
		'2026-06-01T08:30:00+02:00',
		'2026-06-01T08:30:00.000+0200',
		'2026-06-01T08:30:00+02:00[Europe/Berlin]',
		'2026-06-01T08:30:00',
		'2026-06-01T08:30',
		' 2026-06-01 08:30:00 ',
		'2026-06-01 06:30:00 UTC',
		'2026-06-01 08:30:00 +02:00',
		'20260601T063000Z',
		'Mon, 01 Jun 2026 08:30:00 +0200',
		'Mon, 01 Jun 2026 06:30:00 GMT',
		'Mon Jun 01 2026 08:30:00 GMT+0200 (Central European Summer Time)',
		1780295400,
		1780295400000,
		'1780295400',
		'1780295400000',
		new Date('2026-06-01T06:30:00Z'),
		DateTime.fromISO('2026-06-01T06:30:00Z'),
	])('%p is the same at either end of a window', (value) => {
		expect(parseBoth(value)).toEqual([MOMENT, MOMENT]);
	});
});

it('a moment may be in a year with six digits', () => {
	expect(parse('+012026-06-01T06:30:00Z')).toBe('+012026-06-01T06:30:00.000Z');
});

describe('a date without a time', () => {
	it.each([
		['2026-06-01', '2026-05-31T22:00:00.000Z', '2026-06-01T22:00:00.000Z'],
		['20260601', '2026-05-31T22:00:00.000Z', '2026-06-01T22:00:00.000Z'],
		['2026-06', '2026-05-31T22:00:00.000Z', '2026-06-30T22:00:00.000Z'],
		['2026-W23', '2026-05-31T22:00:00.000Z', '2026-06-07T22:00:00.000Z'],
		['2026-W23-1', '2026-05-31T22:00:00.000Z', '2026-06-01T22:00:00.000Z'],
		['today', '2026-06-09T22:00:00.000Z', '2026-06-10T22:00:00.000Z'],
		['Yesterday', '2026-06-08T22:00:00.000Z', '2026-06-09T22:00:00.000Z'],
		['today-7d', '2026-06-02T22:00:00.000Z', '2026-06-03T22:00:00.000Z'],
		['now-1d/d', '2026-06-08T22:00:00.000Z', '2026-06-09T22:00:00.000Z'],
		['now/w', '2026-06-07T22:00:00.000Z', '2026-06-14T22:00:00.000Z'],
	])('%s is all of the period', (value, start, end) => {
		expect(parseBoth(value)).toEqual([start, end]);
	});

	it('is 25 hours long when clocks go back, and 23 when they go forward', () => {
		const getHours = (day: string) => {
			const [start, end] = parseBoth(day).map((iso) => Date.parse(iso!));
			return (end! - start!) / 3_600_000;
		};
		expect(['2026-10-25', '2026-03-29', '2026-06-01'].map(getHours)).toEqual([25, 23, 24]);
	});

	it('begins and ends with the day where a clock change is at midnight', () => {
		// Cuba repeats the hour before 1:00; in Chile, the day of the change begins at 1:00.
		expect(parseBoth('2026-11-01', 'America/Havana')).toEqual([
			'2026-11-01T04:00:00.000Z',
			'2026-11-02T05:00:00.000Z',
		]);
		expect(parse('2026-10-31', 'end', 'America/Havana')).toBe('2026-11-01T04:00:00.000Z');
		expect(parse('2026-09-06', 'start', 'America/Santiago')).toBe('2026-09-06T04:00:00.000Z');
	});
});

describe('a relative date', () => {
	it.each([
		['now', '2026-06-10T08:00:00.000Z'],
		['NOW', '2026-06-10T08:00:00.000Z'],
		['now-24h', '2026-06-09T08:00:00.000Z'],
		['now - 24 hours', '2026-06-09T08:00:00.000Z'],
		['-24h', '2026-06-09T08:00:00.000Z'],
		['24 hours ago', '2026-06-09T08:00:00.000Z'],
		['24h ago', '2026-06-09T08:00:00.000Z'],
		['now-7d', '2026-06-03T08:00:00.000Z'],
		['now-1w+2h', '2026-06-03T10:00:00.000Z'],
		['now-5m', '2026-06-10T07:55:00.000Z'],
		['now-1M', '2026-05-10T08:00:00.000Z'],
		['now-1y', '2025-06-10T08:00:00.000Z'],
		['now-90s', '2026-06-10T07:58:30.000Z'],
		['today+8h', '2026-06-10T06:00:00.000Z'],
	])('%s is %s', (value, expected) => {
		expect(parseBoth(value)).toEqual([expected, expected]);
	});
});

describe('a local time at a clock change', () => {
	it('that is repeated is the first reading at the start, and the second at the end', () => {
		expect(parseBoth('2026-10-25T02:30:00')).toEqual([
			'2026-10-25T00:30:00.000Z',
			'2026-10-25T01:30:00.000Z',
		]);
	});

	it('that does not exist is the moment of the change', () => {
		const change = '2026-03-29T01:00:00.000Z';
		expect(parseBoth('2026-03-29 02:30')).toEqual([change, change]);
	});
});

describe('what is not a date', () => {
	it.each([
		'soon',
		'2026A',
		'2026',
		2026,
		-1,
		NaN,
		'08:00',
		'2026-02-30',
		'2026-13-01',
		'2026-06-01T25:00:00',
		'2026-06-01T08:00:00[Europe/Berlin]',
		'01/02/2026',
		'now-',
		'now-7',
		'now-7x',
		'now-7constructor',
		'/d',
		'nowish',
		'7 days',
		'today today',
		true,
		{},
		[],
		['2026-06-01'],
		new Date(NaN),
		'x'.repeat(10_000),
	])('%p is undefined', (value) => {
		expect(parse(value)).toBeUndefined();
	});
});

const zones = fc.constantFrom(
	BERLIN,
	'UTC',
	'America/New_York',
	'Asia/Kolkata',
	'Australia/Lord_Howe',
);
const moments = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) });

describe('for all dates', () => {
	it('every form of a moment is that moment', () => {
		fc.assert(
			fc.property(moments, zones, (epochMs, zone) => {
				const inZone = DateTime.fromMillis(epochMs, { zone });
				const forms = [epochMs, String(epochMs), inZone, inZone.toISO(), inZone.toJSDate()];
				for (const form of forms) {
					expect(parse(form, 'end', zone)).toBe(new Date(epochMs).toISOString());
				}
			}),
			{ numRuns: 50 },
		);
	});

	it('a local time lies between its two readings, which are an hour apart at most', () => {
		fc.assert(
			fc.property(moments, zones, (epochMs, zone) => {
				const local = DateTime.fromMillis(epochMs, { zone }).toISO({ includeOffset: false });
				const [start = '', end = ''] = parseBoth(local, zone);
				expect([Date.parse(start) <= epochMs, epochMs <= Date.parse(end)]).toEqual([true, true]);
				expect(Date.parse(end) - Date.parse(start)).toBeLessThanOrEqual(3_600_000);
			}),
			{ numRuns: 50 },
		);
	});

	it('days follow each other without a gap', () => {
		fc.assert(
			fc.property(moments, zones, (epochMs, zone) => {
				const day = DateTime.fromMillis(epochMs, { zone });
				const next = day.plus({ days: 1 }).toISODate();
				expect(parse(day.toISODate(), 'end', zone)).toBe(parse(next, 'start', zone));
			}),
			{ numRuns: 50 },
		);
	});
});
