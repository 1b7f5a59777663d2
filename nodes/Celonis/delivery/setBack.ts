import type { Clock } from '../http/clock';
import type { EventLog } from '../reading/eventLog';
import { fetchClocks } from '../reading/fetchClocks';
import { getHighWatermark, type Cursor } from './cursor';
import { getRequestTimes, type RequestTimes } from './pollTimes';

/** What decides about the new position after the server's clock was set back. */
export interface SetBackRules {
	readonly lookbackMs: number;
	/** Where the user wants the delivery to start, epoch milliseconds: the cursor stays after it. */
	readonly startMs?: number;
	/**
	 * Whether this process of n8n has not polled the node before. The time since the last poll is not
	 * known for sure then.
	 */
	readonly isFirstOfProcess?: boolean;
}

/** More responses that must agree that a server is behind: single ones may be behind the others. */
export const CONFIRMATIONS = 4;

/** How precise a comparison of clocks over several responses is. */
const TOLERANCE_MS = 1000;

/** Without a limit, a wrong clock of this machine could cause years to be read again. */
const MAX_PAUSE_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * The cursor to continue with if the server's clock was set back behind the low watermark: events that
 * have been stamped since then lie before it, and would never be delivered. `undefined` if there can be
 * none, or if not all responses agree about it.
 */
export async function findCursorAfterSetBack(
	log: EventLog,
	cursor: Cursor,
	times: RequestTimes,
	rules: SetBackRules,
	clock: Clock,
): Promise<Cursor | undefined> {
	const { startMs = -Infinity } = rules;
	if (startMs >= cursor.lowWatermark.ms) return undefined;
	let firstStampMs = findFirstStamp(cursor, times, rules);
	for (let i = 0; i < CONFIRMATIONS && firstStampMs !== undefined; i++) {
		const others = getRequestTimes(await fetchClocks(log), cursor.newestRecordMs, clock);
		const otherStampMs = findFirstStamp(cursor, others, rules);
		firstStampMs = otherStampMs === undefined ? undefined : Math.max(firstStampMs, otherStampMs);
	}
	if (firstStampMs === undefined) return undefined;
	const ms = Math.floor(Math.max(firstStampMs - TOLERANCE_MS, startMs));
	return ms < cursor.lowWatermark.ms ? moveBackTo(cursor, ms) : undefined;
}

/**
 * The earliest timestamp of an event since the last poll, if the server's clock was set back since then,
 * and if that is before the low watermark.
 */
function findFirstStamp(
	cursor: Cursor,
	{ clockMs, serverMs, latestServerMs }: RequestTimes,
	{ isFirstOfProcess, lookbackMs }: SetBackRules,
): number | undefined {
	const { lowWatermark, lastPoll = { clockMs, serverMs: Infinity } } = cursor;
	const measuredMs = Math.min(Math.max(0, clockMs - lastPoll.clockMs), MAX_PAUSE_MS);
	// After a restart, the pause is a guess: it only counts if the server's clock has gone back itself.
	const pauseMs = isFirstOfProcess ? 0 : measuredMs;
	const isSetBack = lastPoll.serverMs + pauseMs - latestServerMs > TOLERANCE_MS;
	const readUntilMs = Math.max(getHighWatermark(cursor), cursor.rewoundFromMs ?? -Infinity);
	const hasGoneBack = isFirstOfProcess && latestServerMs < readUntilMs;
	const agoMs = hasGoneBack ? Math.max(measuredMs, lookbackMs) : pauseMs;
	return isSetBack && latestServerMs - agoMs < lowWatermark.ms ? serverMs - agoMs : undefined;
}

/** Events that were delivered after the old low watermark are still known: they are not repeated. */
function moveBackTo(cursor: Cursor, ms: number): Cursor {
	return { ...cursor, lowWatermark: { ms, key: '' }, intervals: [], newestRecordMs: undefined };
}
