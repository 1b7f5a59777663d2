import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { startCursorAt } from '../../../nodes/Celonis/delivery/cursor';
import { parseCursor, serializeCursor } from '../../../nodes/Celonis/delivery/cursorCodec';
import { MINUTE_MS } from '../../support/durations.mts';
import { advance } from './advance.mts';

const START = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK_MS = 10 * MINUTE_MS;

const TEAM = 'acme.eu-1.celonis.cloud';
const position = { floor: 1, read: [[5, 6, 2]] };
const stored = { v: 2, team: TEAM, ...position, seen: {} };

describe('parseCursor', () => {
	it.each([undefined, null, { ...stored, team: 'other.example' }])(
		'finds no cursor in %p',
		(kept) => {
			expect(parseCursor(kept, TEAM)).toEqual({ kind: 'none' });
		},
	);

	it.each([
		'text',
		[],
		{},
		{ v: 0 },
		{ ...stored, v: '2' },
		{ ...stored, v: 1, floor: '1' },
		{ ...stored, v: 1, read: undefined },
		{ ...stored, team: undefined },
		{ ...stored, floor: '1' },
		{ ...stored, floor: undefined },
		{ ...stored, read: undefined },
		{ ...stored, read: [[5, 6]] },
		{ ...stored, read: [[5, 6, null]] },
		{
			...stored,
			read: [
				[5, 6, 1],
				[5, 8, 1],
			],
		},
		{ ...stored, floorKey: 7 },
		{ ...stored, seen: [] },
		{ ...stored, seen: { a: 'b' } },
		{ ...stored, savedBy: 7 },
		{ ...stored, newest: null },
		{ ...stored, lastPoll: [1] },
		{ ...stored, lastPoll: [1, null] },
		{ ...stored, isProvisional: 'yes' },
		{ ...stored, lastBatch: {} },
		{ ...stored, lastBatch: { ...position, seen: {} } },
	])('reports %p as unreadable', (kept) => {
		expect(parseCursor(kept, TEAM)).toEqual({ kind: 'unreadable' });
	});

	it('recognizes what a newer version has written', () => {
		expect(parseCursor({ v: 3 }, TEAM)).toEqual({ kind: 'newer' });
	});

	it('continues after what version 1 has read', () => {
		const kept = { v: 1, floor: 100, read: [[5, 6, 2]], seen: { a: 1 }, savedBy: 'a process' };
		expect(parseCursor(kept, TEAM)).toEqual({
			kind: 'cursor',
			cursor: { ...startCursorAt(105), savedBy: 'a process' },
		});
	});
});

describe('serializeCursor', () => {
	const serialize = (ms: number, team: string, kept?: unknown): unknown =>
		JSON.parse(JSON.stringify(serializeCursor(startCursorAt(ms), team, kept)));

	it('keeps everything that the cursor knows', () => {
		const cursor = {
			...startCursorAt(START),
			newestRecordMs: START - 5,
			lastPoll: { clockMs: START + 7, serverMs: START + 8 },
			savedBy: 'a process',
			isProvisional: true,
		};
		expect(parseCursor(serializeCursor(cursor, TEAM), TEAM)).toEqual({ kind: 'cursor', cursor });
	});

	it('keeps the cursors of the last three other teams', () => {
		let kept: unknown;
		const teams = ['a', 'b', 'c', 'd', 'e', 'b'];
		teams.forEach((team, index) => (kept = serialize(index, team, kept)));
		const starts = Object.fromEntries(
			['a', 'b', 'c', 'd', 'e'].map((team) => {
				const parsed = parseCursor(kept, team);
				return [team, parsed.kind === 'cursor' ? parsed.cursor.lowWatermark.ms : undefined];
			}),
		);
		expect(starts).toEqual({ a: undefined, b: 5, c: 2, d: 3, e: 4 });
	});

	it('drops what version 1 or something else has written', () => {
		for (const kept of [{ v: 1, ...position, seen: {} }, 'text', { v: 2, otherTeams: 'text' }]) {
			expect(serialize(7, TEAM, kept)).toMatchObject({ v: 2, team: TEAM, floor: 7 });
		}
	});
});

describe('the stored state', () => {
	const measureState = (count: number) => {
		const events = Array.from({ length: count }, (_, i) => ({
			eventId: createHash('sha256').update(String(i)).digest('hex').slice(0, 32),
			team: TEAM,
			timestampMs: START + i * 10,
			raw: {},
		}));
		const nowMs = START + count * 10;
		const rules = { lookbackMs: LOOKBACK_MS, maxEvents: Infinity, matches: () => true };
		const { cursor } = advance(startCursorAt(START), { nowMs, events }, rules);
		return JSON.stringify(serializeCursor(cursor, TEAM)).length;
	};

	it.each([
		[100, 4 * 1024],
		[50_000, 1280 * 1024],
		[150_000, 2560 * 1024],
	])('with %i events within the lookback is smaller than %i bytes', (count, bytes) => {
		expect(measureState(count)).toBeLessThan(bytes);
	});
});
