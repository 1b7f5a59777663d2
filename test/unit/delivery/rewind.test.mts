import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { startCursorAt, type Cursor } from '../../../nodes/Celonis/delivery/cursor';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import { recordLastBatch, rewindLastBatch } from '../../../nodes/Celonis/delivery/rewind';
import { advance, roundTripCursor } from './advance.mts';
import { MINUTE_MS } from '../../support/durations.mts';

const START = Date.parse('2026-06-01T08:00:00Z');
const rules = { lookbackMs: 3 * MINUTE_MS, maxEvents: 4, matches: () => true };

const ids = (events: readonly LogEvent[]) => events.map(({ eventId }) => eventId);

describe('rewindLastBatch', () => {
	it('makes the next poll deliver the last batch again, before any other event', () => {
		const log = fc.array(fc.integer({ min: 0, max: 20 * MINUTE_MS }), {
			minLength: 1,
			maxLength: 40,
		});
		fc.assert(
			fc.property(log, fc.integer({ min: 1, max: 30 }), (times, polls) => {
				const events = times.map(
					(ms, i): LogEvent => ({
						eventId: `e${i}`,
						team: 'team.example',
						timestampMs: START + ms,
						raw: {},
					}),
				);
				const step = (cursor: Cursor, nowMs: number) => {
					const visible = events.filter(({ timestampMs }) => timestampMs <= nowMs);
					const delivery = advance(cursor, { nowMs, events: visible }, rules);
					const next = recordLastBatch(cursor, delivery.cursor, delivery.events);
					return { next: roundTripCursor(next), delivered: ids(delivery.events) };
				};

				let cursor = startCursorAt(START);
				let last: string[] = [];
				let nowMs = START;
				for (let poll = 0; poll < polls; poll++) {
					nowMs += MINUTE_MS;
					const { next, delivered } = step(cursor, nowMs);
					if (delivered.length > 0) last = delivered;
					cursor = next;
				}
				// n8n restarts and polls again at the same time.
				const { delivered } = step(rewindLastBatch(cursor), nowMs);
				expect(delivered.slice(0, last.length)).toEqual(last);
				expect(delivered.length).toBeLessThanOrEqual(rules.maxEvents);
			}),
		);
	});

	it('returns a cursor without a last batch unchanged', () => {
		const cursor = startCursorAt(START);
		expect(rewindLastBatch(cursor)).toBe(cursor);
	});
});
