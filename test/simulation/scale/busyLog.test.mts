import { describe, expect, it } from '@jest/globals';
import { createPagesV1, createPagesV2, pollLog } from '../trigger';
import { endlessApi } from './endlessLog.mts';
import { load, saved } from './savedCursor.mts';

const MINUTE = 60_000;
const BEGIN_MS = Date.parse('2026-06-01T08:00:00Z');
const EVENTS_PER_MINUTE = 5000;
/** How many records the log has had before. */
const SIZE = 1_000_000;
const STEP_MS = MINUTE / EVENTS_PER_MINUTE;
const LOOKBACK_MS = 10 * MINUTE;
const POLLS = 22;
/** By then the lookback is full, and what is read again is of the same size at each poll. */
const STEADY_FROM = 13;

/** Each seventh record shows up late, at any time within the lookback. */
const latenessOf = (index: number) => (index % 7 === 0 ? (index * 7919) % LOOKBACK_MS : 0);

describe('a log with 5 000 events a minute, polled each minute', () => {
	it.each([
		['v1', 'desc', createPagesV1],
		['v2', 'desc', createPagesV2],
		['v2', 'shuffled', createPagesV2],
	] as const)(
		'is read with at most 4 fetches an event, each delivered once (API %s, order %s)',
		async (version, order, createPages) => {
			let nowMs = BEGIN_MS;
			const now = () => nowMs;
			const cost = { requests: 0, records: 0 };
			const log = { size: SIZE, beginMs: BEGIN_MS, stepMs: STEP_MS, now, latenessOf, order };
			const pages = createPages(endlessApi(log, cost));
			const rules = {
				startMs: BEGIN_MS,
				lookbackMs: LOOKBACK_MS,
				maxEvents: 10_000,
				repeatLastBatch: false,
				wants: () => true,
			};
			/** How often each event was delivered, by its number. */
			const delivered = new Map<number, number>();
			let stored: string | undefined;
			let [steadyPolls, largestState] = [0, 0];
			for (let poll = 0; poll < POLLS; poll++) {
				nowMs += MINUTE;
				const { cursor, events } = await pollLog(pages, load(stored), rules, {
					now,
					deadlineMs: nowMs + MINUTE,
					concurrency: 4,
				});
				stored = saved(cursor);
				largestState = Math.max(largestState, stored.length);
				for (const { raw } of events) {
					const number = Number(/\d+/.exec(String(raw.userId))?.[0]) - SIZE;
					delivered.set(number, (delivered.get(number) ?? 0) + 1);
				}
				if (poll === STEADY_FROM) Object.assign(cost, { requests: 0, records: 0 });
				if (poll > STEADY_FROM) steadyPolls++;
			}

			const fetches = cost.records / (steadyPolls * EVENTS_PER_MINUTE);
			const requests = cost.requests / steadyPolls;
			process.stdout.write(
				`API ${version}, order ${order}: ${fetches.toFixed(2)} fetches an event, ${requests.toFixed(1)} requests a poll, state of ${largestState} bytes\n`,
			);
			expect(fetches).toBeLessThanOrEqual(4);
			expect([...new Set(delivered.values())]).toEqual([1]);
			// Later ones may still have to show up, or to be read again when they are old enough.
			const due = (nowMs - LOOKBACK_MS - 2 * MINUTE - BEGIN_MS) / STEP_MS;
			const missing = Array.from({ length: due }, (_, i) => i).filter((i) => !delivered.has(i));
			expect(missing).toEqual([]);
		},
		60_000,
	);
});
