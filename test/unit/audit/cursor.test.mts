import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { advance, MAX_SEEN, startAt, type Cursor } from '../../../nodes/Celonis/audit/cursor';
import type { AuditEvent } from '../../../nodes/Celonis/audit/identity';
import { readCursor } from '../../../nodes/Celonis/audit/storedCursor';

const MINUTE = 60_000;
const START = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK = 10 * MINUTE;

const event = (eventId: string, timestampMs: number): AuditEvent => ({
	eventId,
	timestampMs,
	raw: { eventId },
});

const rules = { lookbackMs: LOOKBACK, maxEvents: 1000, wants: () => true };

/** What n8n does with a cursor between polls. */
const throughJson = (cursor: Cursor): Cursor => {
	const stored = readCursor(JSON.parse(JSON.stringify(cursor)));
	if (stored.kind !== 'cursor') throw new Error(stored.kind);
	return stored.cursor;
};

const ids = (events: readonly AuditEvent[]) => events.map(({ eventId }) => eventId);

describe('the cursor', () => {
	it('delivers every event that shows up within the lookback once, and in order', () => {
		const arrivals = fc.array(
			fc.record({
				atMs: fc.integer({ min: 0, max: 120 * MINUTE }),
				latenessMs: fc.integer({ min: 0, max: LOOKBACK }),
			}),
			{ maxLength: 60 },
		);
		const pauses = fc.array(fc.integer({ min: 1000, max: 40 * MINUTE }), { maxLength: 20 });
		fc.assert(
			fc.property(arrivals, pauses, fc.integer({ min: 1, max: 20 }), (log, gaps, maxEvents) => {
				const entries = log.map(({ atMs, latenessMs }, index) => ({
					event: event(`e${index}`, START + atMs),
					visibleMs: START + atMs + latenessMs,
				}));
				const delivered: string[] = [];
				let cursor = startAt(START);
				let nowMs = START;
				const last = START + 200 * MINUTE;
				for (const gap of [...gaps, ...Array<number>(120).fill(5 * MINUTE)]) {
					nowMs = Math.min(nowMs + gap, last);
					const { floor } = cursor;
					const events = entries
						.filter((e) => e.visibleMs <= nowMs && e.event.timestampMs >= floor)
						.map((e) => e.event);
					const delivery = advance(cursor, { nowMs, events }, { ...rules, maxEvents });
					const times = delivery.events.map((e) => e.timestampMs);
					expect(times).toEqual([...times].sort((a, b) => a - b));
					expect(times.length).toBeLessThanOrEqual(maxEvents);
					expect(delivery.cursor.floor).toBeGreaterThanOrEqual(cursor.floor);
					delivered.push(...ids(delivery.events));
					cursor = throughJson(delivery.cursor);
				}
				expect(delivered.sort()).toEqual(ids(entries.map((e) => e.event)).sort());
			}),
		);
	});

	it('delivers nothing of what was before its start', () => {
		const { events } = advance(
			startAt(START),
			{ nowMs: START + MINUTE, events: [event('before', START - 1), event('after', START)] },
			rules,
		);
		expect(ids(events)).toEqual(['after']);
	});

	it('delivers an event with a time in the future once', () => {
		const future = event('future', START + 60 * MINUTE);
		let cursor = startAt(START);
		const delivered: string[] = [];
		for (let minute = 1; minute < 120; minute += 7) {
			const delivery = advance(cursor, { nowMs: START + minute * MINUTE, events: [future] }, rules);
			delivered.push(...ids(delivery.events));
			cursor = throughJson(delivery.cursor);
		}
		expect(delivered).toEqual(['future']);
	});

	it('waits with the floor for what it could not deliver yet', () => {
		const events = [0, 1, 2].map((minute) => event(`e${minute}`, START + minute * MINUTE));
		const { cursor, events: first } = advance(
			startAt(START),
			{ nowMs: START + 60 * MINUTE, events },
			{ ...rules, maxEvents: 1 },
		);
		expect(ids(first)).toEqual(['e0']);
		expect(cursor.floor).toBeLessThanOrEqual(START + MINUTE);
	});

	it('does not go back when the clock of a server does', () => {
		const { cursor } = advance(startAt(START), { nowMs: START + 30 * MINUTE, events: [] }, rules);
		const next = advance(cursor, { nowMs: START, events: [] }, rules).cursor;
		expect(next).toEqual(cursor);
	});

	it('remembers nothing of events that are not wanted', () => {
		const { cursor, events } = advance(
			startAt(START),
			{ nowMs: START + MINUTE, events: [event('a', START), event('b', START)] },
			{ ...rules, wants: ({ eventId }) => eventId === 'a' },
		);
		expect(ids(events)).toEqual(['a']);
		expect(Object.keys(cursor.seen)).toEqual(['a']);
	});

	it('keeps what it remembers bounded, and tells from when on it can still catch late events', () => {
		const events = Array.from({ length: MAX_SEEN + 500 }, (_, i) => event(`e${i}`, START + i));
		const nowMs = START + MAX_SEEN + 500;
		const first = advance(startAt(START), { nowMs, events }, { ...rules, maxEvents: Infinity });
		expect(Object.keys(first.cursor.seen)).toHaveLength(MAX_SEEN);
		expect(first.shortenedTo).toBe(START + 500);
		const again = advance(first.cursor, { nowMs, events }, rules);
		expect(again.events).toEqual([]);
	});

	it('takes an identity for no more than a name', () => {
		const odd = ['__proto__', 'constructor', 'toString'].map((id) => event(id, START));
		const reading = { nowMs: START + MINUTE, events: odd };
		const first = advance(startAt(START), reading, rules);
		expect(first.events).toHaveLength(3);
		expect(advance(throughJson(first.cursor), reading, rules).events).toEqual([]);
	});
});

describe('readCursor', () => {
	it.each([undefined, null])('finds none in %p', (stored) => {
		expect(readCursor(stored)).toEqual({ kind: 'none' });
	});

	it.each([
		'text',
		{},
		{ v: 2, floor: 1, watermark: 1, seen: {} },
		{ v: 1, floor: '1', watermark: 1, seen: {} },
		{ v: 1, floor: 1, watermark: null, seen: {} },
		{ v: 1, floor: 1, watermark: 1, seen: [] },
		{ v: 1, floor: 1, watermark: 1, seen: { a: 'b' } },
	])('does not take %p for a cursor, nor for none', (stored) => {
		expect(readCursor(stored)).toEqual({ kind: 'unreadable' });
	});
});
