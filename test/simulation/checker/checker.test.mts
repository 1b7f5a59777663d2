import { describe, expect, it } from '@jest/globals';
import type { Batch, Entry, Item } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import type { Settings } from '../plan/settings.mts';
import { check } from './checker.mts';

const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK_MS = 60_000;
const settings: Settings = {
	apiVersion: 'v2',
	lookbackMs: LOOKBACK_MS,
	concurrency: 1,
	maxEvents: 3,
	repeatLastBatch: false,
};

function emit(event: string, afterMs = 1000, delayMs = 0): Emission {
	const timestampMs = BEGIN_MS + afterMs;
	const timestamp = new Date(timestampMs).toISOString();
	return {
		json: JSON.stringify({ event, timestamp }),
		timestampMs,
		visibleFromMs: timestampMs + delayMs,
	};
}

const itemOf = ({ json }: Emission, eventId = json): Item => ({
	eventId,
	record: JSON.parse(json) as Item['record'],
});

const delivered = (...batch: Batch): Entry => ({
	kind: 'delivered',
	atMs: BEGIN_MS + 5000,
	settings,
	batch,
});

/** The verdict in numbers, over a trigger that started with these settings. */
function verdictOn(emissions: Emission[], ...entries: Entry[]) {
	const { lost, repeated, wrong, excusedLosses, excusedRepeats } = check(
		emissions,
		[
			{ kind: 'settings', atMs: BEGIN_MS, settings },
			{ kind: 'started', fromMs: BEGIN_MS, toMs: BEGIN_MS },
			...entries,
			{ kind: 'end', atMs: BEGIN_MS + 10 * LOOKBACK_MS },
		],
		undefined,
	);
	return {
		lost: lost.length,
		repeated: repeated.length,
		wrong: wrong.map(({ content }) => content),
		excusedLosses,
		excusedRepeats,
	};
}

const fine = { lost: 0, repeated: 0, wrong: [], excusedLosses: 0, excusedRepeats: 0 };
const [one, two] = [emit('ONE'), emit('TWO', 2000)];

describe('the oracle', () => {
	it('has nothing to say where each event comes once', () => {
		expect(verdictOn([one, two], delivered(itemOf(one)), delivered(itemOf(two)))).toEqual(fine);
	});

	it('misses an event that did not come', () => {
		expect(verdictOn([one, two], delivered(itemOf(one)))).toEqual({ ...fine, lost: 1 });
	});

	it('matches an event that shows up at the end of the lookback, but none that is later', () => {
		const late = emit('LATE', 1000, LOOKBACK_MS);
		const tooLate = emit('TOO_LATE', 1000, LOOKBACK_MS + 1);
		expect(verdictOn([late, tooLate])).toEqual({ ...fine, lost: 1 });
		expect(verdictOn([late, tooLate], delivered(itemOf(late), itemOf(tooLate)))).toEqual(fine);
	});

	it('does not want what happened before the start, nor forgives its delivery', () => {
		const early = emit('EARLY', -1);
		expect(verdictOn([early])).toEqual(fine);
		expect(verdictOn([early], delivered(itemOf(early))).wrong).toEqual([
			expect.stringContaining('before the start'),
		]);
	});

	it('notices an event that comes twice, under its own id or another', () => {
		const twice = [delivered(itemOf(one)), delivered(itemOf(one))];
		expect(verdictOn([one], ...twice)).toEqual({ ...fine, repeated: 1 });
		const renamed = [delivered(itemOf(one, 'a')), delivered(itemOf(one, 'b'))];
		expect(verdictOn([one], ...renamed)).toEqual({ ...fine, repeated: 1 });
	});

	it('counts identical records', () => {
		expect(verdictOn([one, one], delivered(itemOf(one, 'a')))).toEqual({ ...fine, lost: 1 });
		expect(verdictOn([one, one], delivered(itemOf(one, 'a'), itemOf(one, 'b')))).toEqual(fine);
	});

	it('notices one id for two events', () => {
		const { wrong } = verdictOn([one, two], delivered(itemOf(one, 'a'), itemOf(two, 'a')));
		expect(wrong).toEqual([expect.stringContaining('one id for two events')]);
	});

	it('excuses the batch that a crash took, and nothing else', () => {
		const taken: Entry = { kind: 'mayBeLost', batch: [itemOf(one)] };
		expect(verdictOn([one, two], taken)).toEqual({ ...fine, lost: 1, excusedLosses: 1 });
	});

	it('excuses a repeat once, and only of what has come before', () => {
		const again: Entry = { kind: 'mayRepeat', batch: [itemOf(one)] };
		const once = delivered(itemOf(one));
		expect(verdictOn([one], once, again, once)).toEqual({ ...fine, excusedRepeats: 1 });
		expect(verdictOn([one], again, once, once)).toEqual({ ...fine, repeated: 1 });
		expect(verdictOn([one], once, again, once, once)).toEqual({
			...fine,
			repeated: 1,
			excusedRepeats: 1,
		});
	});

	it.each<[string, Batch]>([
		['events out of order', [itemOf(two), itemOf(one)]],
		['an empty batch', []],
		['4 events, 3 allowed', [1, 2, 3, 4].map((id) => itemOf(one, String(id)))],
	])('notices %s', (problem, batch) => {
		expect(verdictOn([one, one, one, one, two], delivered(...batch)).wrong).toEqual([problem]);
	});

	it('notices what was never emitted', () => {
		expect(verdictOn([], delivered(itemOf(one))).wrong).toEqual([
			expect.stringContaining('never emitted'),
		]);
	});

	it('takes a record for the same however it is written', () => {
		const written = {
			eventId: 'a',
			record: { timestamp: '2026-06-01T10:00:01+02:00', port: null, event: 'ONE' },
		};
		expect(verdictOn([one], delivered(written))).toEqual(fine);
	});
});
