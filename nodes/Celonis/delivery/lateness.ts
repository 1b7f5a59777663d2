import type { LogEvent } from '../records/eventId';
import type { Cursor } from './cursor';
import type { FetchRules } from './fetching';

/** The share of the lookback from which on lateness is worth a warning: as much is left. */
const SEVERE_SHARE = 0.5;

/**
 * How late the latest of these new events appeared, at least, in milliseconds; `undefined` if that is
 * no more than half of the lookback. An event counts if its timestamp lies in an interval that was read
 * before with these settings: it was not visible then. So what is read for the first time never counts, be
 * it a backlog or the time of a pause. The events are ordered by time, as a delivery returns them.
 */
export function findSevereLateness(
	{ intervals }: Pick<Cursor, 'intervals'>,
	events: readonly LogEvent[],
	{ lookbackMs, settingsSinceMs = -Infinity }: Pick<FetchRules, 'lookbackMs' | 'settingsSinceMs'>,
): number | undefined {
	let latenessMs = 0;
	let index = 0;
	for (const { timestampMs, problem } of events) {
		// Without a time, nobody knows when it should have appeared.
		if (problem !== undefined) continue;
		while (index < intervals.length && (intervals[index]?.toMs ?? Infinity) <= timestampMs) index++;
		const interval = intervals[index];
		if (!interval) break;
		if (timestampMs < interval.fromMs || interval.readAtMs < settingsSinceMs) continue;
		latenessMs = Math.max(latenessMs, interval.readAtMs - timestampMs);
	}
	return latenessMs > SEVERE_SHARE * lookbackMs ? latenessMs : undefined;
}
