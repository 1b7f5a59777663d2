import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { startCursorAt } from '../../../nodes/Celonis/delivery/cursor';
import { parseCursor, serializeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';
import { MINUTE_MS } from '../../support/durations.mts';
import { advance } from './advance.mts';

const START = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK_MS = 10 * MINUTE_MS;

describe('parseCursor', () => {
	it.each([undefined, null])('finds no cursor in %p', (stored) => {
		expect(parseCursor(stored)).toEqual({ kind: 'none' });
	});

	const position = { floor: 1, read: [[5, 6, 2]] };
	it.each([
		'text',
		{},
		{ v: 2, ...position, seen: {} },
		{ v: 1, ...position, floor: '1', seen: {} },
		{ v: 1, floor: 1, seen: {} },
		{ v: 1, ...position, read: [[5, 6]], seen: {} },
		{ v: 1, ...position, read: [[5, 6, null]], seen: {} },
		{
			v: 1,
			...position,
			read: [
				[5, 6, 1],
				[5, 8, 1],
			],
			seen: {},
		},
		{ v: 1, ...position, floorKey: 7, seen: {} },
		{ v: 1, ...position, seen: [] },
		{ v: 1, ...position, seen: { a: 'b' } },
		{ v: 1, ...position, seen: {}, lastBatch: {} },
		{ v: 1, ...position, seen: {}, lastBatch: { ...position, seen: {} } },
	])('reports %p as unreadable', (stored) => {
		expect(parseCursor(stored)).toEqual({ kind: 'unreadable' });
	});
});

describe('the stored state', () => {
	const measureState = (count: number) => {
		const events = Array.from({ length: count }, (_, i) => ({
			eventId: createHash('sha256').update(String(i)).digest('hex').slice(0, 32),
			timestampMs: START + i * 10,
			raw: {},
		}));
		const nowMs = START + count * 10;
		const rules = { lookbackMs: LOOKBACK_MS, maxEvents: Infinity, matches: () => true };
		const { cursor } = advance(startCursorAt(START), { nowMs, events }, rules);
		return JSON.stringify(serializeCursor(cursor)).length;
	};

	it.each([
		[100, 4 * 1024],
		[50_000, 1280 * 1024],
		[150_000, 2560 * 1024],
	])('with %i events within the lookback is smaller than %i bytes', (count, bytes) => {
		expect(measureState(count)).toBeLessThan(bytes);
	});
});
