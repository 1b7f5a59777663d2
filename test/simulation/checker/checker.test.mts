import { describe, expect, it } from '@jest/globals';
import type { Batch, Entry, Item } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import type { Settings } from '../plan/settings.mts';
import { check, type TeamLog } from './checker.mts';
import { parseTimestamp } from './content.mts';
import type { Conditions } from './promise.mts';

const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const LOOKBACK_MS = 60_000;
const TEAM = 'team.example';
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
	team: TEAM,
	record: JSON.parse(json) as Item['record'],
});

const delivered = (...batch: Batch): Entry => ({
	kind: 'delivered',
	atMs: BEGIN_MS + 5000,
	settings,
	batch,
});

/** The first poll of a trigger, whose machine's clock is ahead by some time. */
const started = (skewMs = 0, team = TEAM): Entry => ({
	kind: 'started',
	team,
	fromMs: BEGIN_MS,
	toMs: BEGIN_MS,
	skewMs,
	isProvisional: false,
	processId: 'one',
});

/** The verdict, in numbers, on a trigger that started with these settings. */
function getVerdict(emissions: Emission[], ...entries: Entry[]) {
	return judge([{ host: TEAM, emissions }], [started(), ...entries]);
}

function judge(logs: TeamLog[], entries: Entry[], conditions?: Conditions) {
	const { lost, repeated, wrong, excusedLosses, excusedRepeats, repeatedAfterSetBack } = check(
		logs,
		[
			{ kind: 'settings', atMs: BEGIN_MS, settings },
			...entries,
			{ kind: 'end', atMs: BEGIN_MS + 10 * LOOKBACK_MS },
		],
		conditions,
	);
	return {
		...(repeatedAfterSetBack > 0 && { repeatedAfterSetBack }),
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

	it('allows an event that becomes visible after the start of a slow clock, even if it is older', () => {
		const old = emit('OLD', -3000, 5000);
		const ofSlowClock = [started(-10_000), delivered(toItem(old))];
		expect(judge([{ host: TEAM, emissions: [old] }], ofSlowClock)).toEqual(passed);
		expect(getVerdict([old], delivered(toItem(old))).wrong).toEqual([
			expect.stringContaining('before the start'),
		]);
	});

	it('finds an event that was visible before the start of a slow clock', () => {
		const old = emit('OLD', -3000);
		const { wrong } = judge(
			[{ host: TEAM, emissions: [old] }],
			[started(-10_000), delivered(toItem(old))],
		);
		expect(wrong).toEqual([expect.stringContaining('before the start')]);
	});

	it('requires what a server has stamped after it was set back', () => {
		const setBack = { atMs: BEGIN_MS + 500, byMs: 3_600_000 };
		const { timestampMs, visibleFromMs, json } = emit('BACK', 1000 - setBack.byMs);
		const late = { json, timestampMs, visibleFromMs: visibleFromMs + setBack.byMs };
		const emission = { ...late, setBackMs: setBack.byMs };
		const logs = [{ host: TEAM, emissions: [emission] }];
		expect(judge(logs, [started()], { setBack })).toEqual({ ...passed, lost: 1 });
		expect(judge(logs, [started(), delivered(toItem(emission))], { setBack })).toEqual(passed);
	});

	it('counts repeats after a server was set back apart: one for each event, with the same id', () => {
		const conditions = { setBack: { atMs: BEGIN_MS + 500, byMs: 3_600_000 } };
		const logs = [{ host: TEAM, emissions: [one] }];
		const repeat = (times: number, id?: string) =>
			judge(
				logs,
				[started(), ...Array.from({ length: times }, () => delivered(toItem(one, id)))],
				conditions,
			);
		expect(repeat(2)).toEqual({ ...passed, repeatedAfterSetBack: 1 });
		expect(repeat(3)).toEqual({ ...passed, repeated: 1, repeatedAfterSetBack: 1 });
		const renamed = [delivered(toItem(one, 'a')), delivered(toItem(one, 'b'))];
		expect(judge(logs, [started(), ...renamed], conditions)).toEqual({ ...passed, repeated: 1 });
	});

	it('checks each team by itself, from its own start', () => {
		const other = 'other.example';
		const logs = [
			{ host: TEAM, emissions: [one] },
			{ host: other, emissions: [one, two] },
		];
		const ofOther = { ...toItem(one, 'a'), team: other };
		const starts = [started(), started(0, other)];
		expect(judge(logs, [started(), delivered(toItem(one))])).toEqual(passed);
		expect(judge(logs, [...starts, delivered(toItem(one)), delivered(ofOther)])).toEqual({
			...passed,
			lost: 1,
		});
		const { wrong } = judge(logs, [...starts, delivered(toItem(one, 'a')), delivered(ofOther)]);
		expect(wrong).toEqual([expect.stringContaining('one id for two events')]);
	});

	it.each<[string, string, string]>([
		['an id', '"event":"ONE"', '"id":7,"event":"ONE"'],
		['the order of a list', '"roles":["A","B"]', '"roles":["B","A"]'],
		['whether a number is a text', '"port":"443"', '"port":443'],
		['an empty field', '"message":{"name":"a"}', '"message":{"name":"a","note":{}},"port":[]'],
		[
			'zeros of a fraction',
			'"timestamp":"2026-06-01T08:00:01.90Z"',
			'"timestamp":"2026-06-01T08:00:01.9Z"',
		],
	])('ignores %s', (_, emittedFields, deliveredFields) => {
		const timestamp = '"timestamp":"2026-06-01T08:00:01Z"';
		const emission = { ...one, json: `{${timestamp},${emittedFields}}` };
		const record = JSON.parse(`{${timestamp},${deliveredFields}}`) as Item['record'];
		expect(getVerdict([emission], delivered({ eventId: 'a', team: TEAM, record }))).toEqual(passed);
	});

	it('finds a long number that has lost digits', () => {
		const json = `{"timestamp":"2026-06-01T08:00:01Z","sequence":12345678901234567891}`;
		const deliver = (sequence: unknown) =>
			delivered({
				eventId: 'a',
				team: TEAM,
				record: { timestamp: '2026-06-01T08:00:01Z', sequence },
			});
		expect(getVerdict([{ ...one, json }], deliver('12345678901234567891'))).toEqual(passed);
		expect(getVerdict([{ ...one, json }], deliver(JSON.parse('12345678901234567891'))).lost).toBe(
			1,
		);
	});

	it('ignores the field order, null fields and the timestamp format of a record', () => {
		const written = {
			eventId: 'a',
			team: TEAM,
			record: { timestamp: '2026-06-01T10:00:01+02:00', port: null, event: 'ONE' },
		};
		expect(getVerdict([one], delivered(written))).toEqual(passed);
	});
});

describe('a timestamp', () => {
	it.each([
		'2026-06-01T08:00:00.903Z',
		'2026-06-01T08:00:00.903000',
		'2026-06-01T10:00:00.903+02:00',
		'2026-06-01 08:00:00.903',
		1780300800903,
		'1780300800903',
		1780300800.903,
		'1780300800.903000000',
		[2026, 6, 1, 8, 0, 0, 903_000_000],
	])('has the same meaning as %j', (timestamp) => {
		expect(parseTimestamp({ timestamp })).toBe(Date.UTC(2026, 5, 1, 8, 0, 0, 903));
	});

	it.each(['yesterday', {}, undefined, null])('that is none has no meaning: %j', (timestamp) => {
		expect(parseTimestamp({ timestamp })).toBeNaN();
	});
});
