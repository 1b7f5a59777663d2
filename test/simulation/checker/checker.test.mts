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

const toItem = ({ json }: Emission, eventId = json): Item => ({
	eventId,
	record: JSON.parse(json) as Item['record'],
});

const delivered = (...batch: Batch): Entry => ({
	kind: 'delivered',
	atMs: BEGIN_MS + 5000,
	settings,
	batch,
});

/** The verdict, in numbers, on a trigger that started with these settings. */
function getVerdict(emissions: Emission[], ...entries: Entry[]) {
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

const passed = { lost: 0, repeated: 0, wrong: [], excusedLosses: 0, excusedRepeats: 0 };
const [one, two] = [emit('ONE'), emit('TWO', 2000)];

describe('check', () => {
	it('finds nothing if each event is delivered once', () => {
		expect(getVerdict([one, two], delivered(toItem(one)), delivered(toItem(two)))).toEqual(passed);
	});

	it('finds an event that was not delivered', () => {
		expect(getVerdict([one, two], delivered(toItem(one)))).toEqual({ ...passed, lost: 1 });
	});

	it('requires an event that becomes visible at the end of the lookback, but no later one', () => {
		const late = emit('LATE', 1000, LOOKBACK_MS);
		const tooLate = emit('TOO_LATE', 1000, LOOKBACK_MS + 1);
		expect(getVerdict([late, tooLate])).toEqual({ ...passed, lost: 1 });
		expect(getVerdict([late, tooLate], delivered(toItem(late), toItem(tooLate)))).toEqual(passed);
	});

	it('does not require an event from before the start, and finds its delivery', () => {
		const early = emit('EARLY', -1);
		expect(getVerdict([early])).toEqual(passed);
		expect(getVerdict([early], delivered(toItem(early))).wrong).toEqual([
			expect.stringContaining('before the start'),
		]);
	});

	it('finds an event that is delivered twice, with the same id or with another one', () => {
		const twice = [delivered(toItem(one)), delivered(toItem(one))];
		expect(getVerdict([one], ...twice)).toEqual({ ...passed, repeated: 1 });
		const renamed = [delivered(toItem(one, 'a')), delivered(toItem(one, 'b'))];
		expect(getVerdict([one], ...renamed)).toEqual({ ...passed, repeated: 1 });
	});

	it('counts identical records separately', () => {
		expect(getVerdict([one, one], delivered(toItem(one, 'a')))).toEqual({ ...passed, lost: 1 });
		expect(getVerdict([one, one], delivered(toItem(one, 'a'), toItem(one, 'b')))).toEqual(passed);
	});

	it('finds one id for two events', () => {
		const { wrong } = getVerdict([one, two], delivered(toItem(one, 'a'), toItem(two, 'a')));
		expect(wrong).toEqual([expect.stringContaining('one id for two events')]);
	});

	it('excuses the batch that a crash lost, and no other event', () => {
		const lost: Entry = { kind: 'mayBeLost', batch: [toItem(one)] };
		expect(getVerdict([one, two], lost)).toEqual({ ...passed, lost: 1, excusedLosses: 1 });
	});

	it('excuses one repeat, and only of an event that was delivered before', () => {
		const again: Entry = { kind: 'mayRepeat', batch: [toItem(one)] };
		const once = delivered(toItem(one));
		expect(getVerdict([one], once, again, once)).toEqual({ ...passed, excusedRepeats: 1 });
		expect(getVerdict([one], again, once, once)).toEqual({ ...passed, repeated: 1 });
		expect(getVerdict([one], once, again, once, once)).toEqual({
			...passed,
			repeated: 1,
			excusedRepeats: 1,
		});
	});

	it.each<[string, Batch]>([
		['events out of order', [toItem(two), toItem(one)]],
		['an empty batch', []],
		['4 events, 3 allowed', [1, 2, 3, 4].map((id) => toItem(one, String(id)))],
	])('finds %s', (problem, batch) => {
		expect(getVerdict([one, one, one, one, two], delivered(...batch)).wrong).toEqual([problem]);
	});

	it('finds an event that was never emitted', () => {
		expect(getVerdict([], delivered(toItem(one))).wrong).toEqual([
			expect.stringContaining('never emitted'),
		]);
	});

	it('ignores the field order, null fields and the timestamp format of a record', () => {
		const written = {
			eventId: 'a',
			record: { timestamp: '2026-06-01T10:00:01+02:00', port: null, event: 'ONE' },
		};
		expect(getVerdict([one], delivered(written))).toEqual(passed);
	});
});
