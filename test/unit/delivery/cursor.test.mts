import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { comparePositions, MAX_SEEN, startCursorAt } from '../../../nodes/Celonis/delivery/cursor';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { advance, roundTripCursor } from './advance.mts';
import { MINUTE_MS } from '../../support/durations.mts';

const START = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK = 10 * MINUTE_MS;

const event = (eventId: string, timestampMs: number): LogEvent => ({
	eventId,
	team: 'team.example',
	timestampMs,
	raw: { eventId },
});

const rules = { lookbackMs: LOOKBACK, maxEvents: 1000, matches: () => true };

/** The events that the log shows at this time. */
const at = (nowMs: number, events: LogEvent[]) => ({ nowMs, events });

const ids = (events: readonly LogEvent[]) => events.map(({ eventId }) => eventId);

describe('the cursor', () => {
	it('delivers every event that becomes visible within the lookback once, in order', () => {
		const arrivals = fc.array(
			fc.record({
				atMs: fc.integer({ min: 0, max: 120 * MINUTE_MS }),
				latenessMs: fc.integer({ min: 0, max: LOOKBACK }),
			}),
			{ maxLength: 60 },
		);
		const pauses = fc.array(fc.integer({ min: 1000, max: 40 * MINUTE_MS }), { maxLength: 20 });
		fc.assert(
			fc.property(arrivals, pauses, fc.integer({ min: 1, max: 20 }), (log, gaps, maxEvents) => {
				const entries = log.map(({ atMs, latenessMs }, index) => ({
					event: event(`e${index}`, START + atMs),
					visibleMs: START + atMs + latenessMs,
				}));
				const delivered: string[] = [];
				let cursor = startCursorAt(START);
				let nowMs = START;
				const last = START + 200 * MINUTE_MS;
				for (const gap of [...gaps, ...Array<number>(120).fill(5 * MINUTE_MS)]) {
					nowMs = Math.min(nowMs + gap, last);
					const { lowWatermark } = cursor;
					const events = entries
						.filter((e) => e.visibleMs <= nowMs && e.event.timestampMs >= lowWatermark.ms)
						.map((e) => e.event);
					const delivery = advance(cursor, at(nowMs, events), { ...rules, maxEvents });
					const times = delivery.events.map((e) => e.timestampMs);
					expect(times).toEqual([...times].sort((a, b) => a - b));
					expect(times.length).toBeLessThanOrEqual(maxEvents);
					expect(
						comparePositions(delivery.cursor.lowWatermark, cursor.lowWatermark),
					).toBeGreaterThanOrEqual(0);
					delivered.push(...ids(delivery.events));
					cursor = roundTripCursor(delivery.cursor);
				}
				expect(delivered.sort()).toEqual(ids(entries.map((e) => e.event)).sort());
			}),
		);
	});

	it('delivers no event from before the start', () => {
		const { events } = advance(
			startCursorAt(START),
			at(START + MINUTE_MS, [event('before', START - 1), event('after', START)]),
			rules,
		);
		expect(ids(events)).toEqual(['after']);
	});

	it('delivers an event with a future timestamp once', () => {
		const future = event('future', START + 60 * MINUTE_MS);
		let cursor = startCursorAt(START);
		const delivered: string[] = [];
		for (let minute = 1; minute < 120; minute += 7) {
			const delivery = advance(cursor, at(START + minute * MINUTE_MS, [future]), rules);
			delivered.push(...ids(delivery.events));
			cursor = roundTripCursor(delivery.cursor);
		}
		expect(delivered).toEqual(['future']);
	});

	it('keeps the low watermark at or before the first deferred event', () => {
		const events = [0, 1, 2].map((minute) => event(`e${minute}`, START + minute * MINUTE_MS));
		const { cursor, events: first } = advance(
			startCursorAt(START),
			at(START + 60 * MINUTE_MS, events),
			{
				...rules,
				maxEvents: 1,
			},
		);
		expect(ids(first)).toEqual(['e0']);
		expect(cursor.lowWatermark.ms).toBeLessThanOrEqual(START + MINUTE_MS);
	});

	it('does not move the low watermark back when the server clock goes back', () => {
		const { cursor } = advance(startCursorAt(START), at(START + 30 * MINUTE_MS, []), rules);
		const next = advance(cursor, at(START, []), rules).cursor;
		expect(next.lowWatermark).toEqual(cursor.lowWatermark);
	});

	it('does not store events that the filter excludes', () => {
		const { cursor, events } = advance(
			startCursorAt(START),
			at(START + MINUTE_MS, [event('a', START), event('b', START)]),
			{ ...rules, matches: ({ eventId }) => eventId === 'a' },
		);
		expect(ids(events)).toEqual(['a']);
		expect(cursor.seen.size).toBe(1);
	});

	it('stores a limited number of delivered events, and reports the truncated lookback', () => {
		const events = Array.from({ length: MAX_SEEN + 500 }, (_, i) => event(`e${i}`, START + i));
		const nowMs = START + MAX_SEEN + 500;
		const first = advance(startCursorAt(START), at(nowMs, events), {
			...rules,
			maxEvents: Infinity,
		});
		expect(first.cursor.seen.size).toBe(MAX_SEEN);
		expect(first.lookbackTruncatedTo).toBe(START + 499);
		const again = advance(first.cursor, at(nowMs, events), rules);
		expect(again.events).toEqual([]);
	});

	it('handles event ids that are names of object properties', () => {
		const odd = ['__proto__', 'constructor', 'toString'].map((id) => event(id, START));
		const reading = at(START + MINUTE_MS, odd);
		const first = advance(startCursorAt(START), reading, rules);
		expect(first.events).toHaveLength(3);
		expect(advance(roundTripCursor(first.cursor), reading, rules).events).toEqual([]);
	});
});

describe('a millisecond with more events than a poll can deliver', () => {
	it('is delivered over several polls, each event once', () => {
		const events = Array.from({ length: MAX_SEEN + 5010 }, (_, i) => event(`e${i}`, START));
		const delivered = new Set<string>();
		let cursor = startCursorAt(START);
		for (let poll = 1; poll < 5; poll++) {
			const reading = at(START + poll * 1000, events);
			const delivery = advance(cursor, reading, { ...rules, maxEvents: 40_000 });
			const sizeBefore = delivered.size;
			for (const id of ids(delivery.events)) delivered.add(id);
			expect(delivered.size).toBe(sizeBefore + delivery.events.length);
			cursor = roundTripCursor(delivery.cursor);
			expect(cursor.seen.size).toBeLessThanOrEqual(MAX_SEEN);
		}
		expect(delivered.size).toBe(events.length);
	});
});
