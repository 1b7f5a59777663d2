import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startCursorAt, type Cursor } from '../../../nodes/Celonis/delivery/cursor';
import { findSevereLateness } from '../../../nodes/Celonis/delivery/lateness';
import { rewindLastBatch } from '../../../nodes/Celonis/delivery/rewind';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { HOUR_MS, MINUTE_MS } from '../../support/durations.mts';
import { advance, roundTripCursor } from './advance.mts';

const START = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK = 10 * MINUTE_MS;
const rules = { lookbackMs: LOOKBACK, maxEvents: 1000, matches: () => true };

const event = (eventId: string, minute: number, problem?: LogEvent['problem']): LogEvent => ({
	eventId,
	team: 'team.example',
	raw: { eventId },
	timestampMs: START + minute * MINUTE_MS,
	...(problem && { problem }),
});

/** The lateness that the last of some polls sees, in minutes. Each poll shows all events so far. */
function pollAt(
	polls: ReadonlyArray<readonly [minute: number, ...events: LogEvent[]]>,
	startMinute = 0,
	change: (cursor: Cursor) => Cursor = (cursor) => cursor,
	settingsSinceMs = -Infinity,
): number | undefined {
	let cursor = startCursorAt(START + startMinute * MINUTE_MS);
	let latenessMs: number | undefined;
	const visible: LogEvent[] = [];
	for (const [minute, ...events] of polls) {
		visible.push(...events);
		const from = change(roundTripCursor(cursor));
		const result = advance(from, { nowMs: START + minute * MINUTE_MS, events: visible }, rules);
		latenessMs = findSevereLateness(from, result.events, { lookbackMs: LOOKBACK, settingsSinceMs });
		cursor = result.cursor;
	}
	return latenessMs === undefined ? undefined : latenessMs / MINUTE_MS;
}

describe('the lateness of events', () => {
	it('is how old an event was when it was not visible yet', () => {
		expect(pollAt([[1], [2], [9], [10, event('late', 1.5)]])).toBe(7.5);
	});

	it('is the largest of a poll', () => {
		const events = [event('a', 1), event('b', 3), event('new', 9.5)];
		expect(pollAt([[1.5], [9], [10, ...events]])).toBe(8);
	});

	it('is nothing up to half of the lookback', () => {
		expect(pollAt([[1], [6], [7, event('late', 1)]])).toBeUndefined();
		expect(pollAt([[1], [6.1], [7, event('late', 1)]])).toBeCloseTo(5.1);
	});

	it('is nothing for events of a backlog, at its first reading', () => {
		const backlog = Array.from({ length: 20 }, (_, i) => event(`old-${i}`, -60 * i));
		expect(pollAt([[1, ...backlog]], -24 * 60)).toBeUndefined();
	});

	it('is nothing for events of a pause without polls', () => {
		expect(pollAt([[1], [2], [90, event('a', 3), event('b', 60)]])).toBeUndefined();
	});

	it('is nothing for events that were delivered, or whose time is unknown', () => {
		expect(pollAt([[1], [9, event('a', 2)], [10]])).toBeUndefined();
		const unreadable = event('odd', 1, 'noTimestamp' as NonNullable<LogEvent['problem']>);
		expect(pollAt([[1], [9], [10, unreadable]])).toBeUndefined();
	});

	it('is nothing for a batch that is delivered once more', () => {
		const first = event('a', 1);
		expect(pollAt([[1.5, first], [2]], 0, rewindLastBatch)).toBeUndefined();
	});

	it('is found among many intervals and events', () => {
		const intervals = Array.from({ length: 60 }, (_, i) => ({
			fromMs: START + i * MINUTE_MS,
			toMs: START + (i + 1) * MINUTE_MS,
			readAtMs: START + HOUR_MS,
			count: 1,
		}));
		const events = Array.from({ length: 200 }, (_, i) => event(`e-${i}`, 57 + i / 100));
		expect(findSevereLateness({ intervals }, events, { lookbackMs: 4 * MINUTE_MS })).toBe(
			3 * MINUTE_MS,
		);
		expect(
			findSevereLateness({ intervals }, events, { lookbackMs: 6 * MINUTE_MS }),
		).toBeUndefined();
		expect(
			findSevereLateness({ intervals: [] }, events, { lookbackMs: MINUTE_MS }),
		).toBeUndefined();
	});

	it('counts no reading before the settings that the poll has', () => {
		const late = event('late', 1.5);
		for (const [sinceMinute, expected] of [
			[9, 7.5],
			[9.1, undefined],
			[10, undefined],
		] as const) {
			const sinceMs = START + sinceMinute * MINUTE_MS;
			expect(pollAt([[1], [2], [9], [10, late]], 0, undefined, sinceMs)).toBe(expected);
		}
	});

	it('is that of the latest event, if the poll before could have shown it for half of the lookback', () => {
		fc.assert(
			fc.property(drawnPolls, drawnEvents, (gaps, drawn) => {
				const polls = gaps.reduce<number[]>((all, gap) => [...all, (all.at(-1) ?? 0) + gap], []);
				const events = drawn.map(({ second, late }, i) => {
					const shown = { ...event(`e-${i}`, second / 60), appearsMs: 1000 * (second + late) };
					return { ...shown, ms: 1000 * second };
				});
				let cursor = startCursorAt(START);
				let beforeMs: number | undefined;
				for (const pollMs of polls.map((second) => 1000 * second)) {
					const visible = events.filter(({ appearsMs, ms }) => appearsMs <= pollMs && ms < pollMs);
					const poll = { nowMs: START + pollMs, events: visible };
					const result = advance(roundTripCursor(cursor), poll, rules);
					const latenessMs = findSevereLateness(cursor, result.events, { lookbackMs: LOOKBACK });
					// By the drawn times alone: what the poll before did not show, within the lookback.
					const previousMs = beforeMs ?? -Infinity;
					const late = events
						.filter(
							({ appearsMs, ms }) => appearsMs > previousMs && appearsMs <= pollMs && ms < pollMs,
						)
						.map(({ ms }) => previousMs - ms)
						.filter((lateMs) => lateMs > 0 && lateMs <= LOOKBACK);
					const latestMs = Math.max(0, ...late);
					expect(latenessMs).toBe(latestMs > LOOKBACK / 2 ? latestMs : undefined);
					cursor = result.cursor;
					beforeMs = pollMs;
				}
			}),
		);
	});
});

/** Seconds between polls, now and then a pause. */
const drawnPolls = fc.array(
	fc.oneof(
		{ weight: 5, arbitrary: fc.integer({ min: 10, max: 180 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 600, max: 3000 }) },
	),
	{ minLength: 2, maxLength: 15 },
);

/** Events by the second of their timestamp, and by how many seconds later they appear. */
const drawnEvents = fc.array(
	fc.record({
		second: fc.integer({ min: 0, max: 2400 }),
		late: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 900 })),
	}),
	{ maxLength: 25 },
);
