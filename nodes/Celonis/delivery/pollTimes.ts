import type { Clock } from '../http/clock';
import { getLatestServerTime, type ClockReading } from '../reading/clockReading';
import type { Cursor, PollTimes } from './cursor';

/** When a request was sent. Its response says what the server's clock showed, within bounds. */
export interface RequestTimes extends PollTimes {
	/** By the server's clock, at the latest, in epoch milliseconds. */
	readonly latestServerMs: number;
}

/** A machine's clock may be set by this much now and then. */
const MACHINE_TOLERANCE_MS = 60_000;

/** When a request was sent. Call this right after its response was received. */
export function getRequestTimes(
	clocks: ClockReading,
	newestRecordMs = -Infinity,
	clock: Clock,
): RequestTimes {
	const { serverMs, machineMs, durationMs } = clocks;
	const clockMs = clock.now() - durationMs;
	const latestServerMs = getLatestServerTime(clocks);
	if (serverMs !== undefined && latestServerMs !== undefined) {
		return { clockMs, serverMs: Math.floor(serverMs - durationMs), latestServerMs };
	}
	const otherMs = Math.max(machineMs, newestRecordMs);
	return {
		clockMs,
		serverMs: otherMs - MACHINE_TOLERANCE_MS,
		latestServerMs: otherMs + MACHINE_TOLERANCE_MS,
	};
}

/**
 * What the server's clock showed at the earliest when a request was sent, by the last poll of this
 * process, in epoch milliseconds; `Infinity` without one.
 */
export function extrapolateServerTime(
	{ lastPoll }: Pick<Cursor, 'lastPoll'>,
	{ clockMs }: RequestTimes,
	{ isFirstOfProcess = false }: { readonly isFirstOfProcess?: boolean },
): number {
	if (!lastPoll || isFirstOfProcess) return Infinity;
	return lastPoll.serverMs + (clockMs - lastPoll.clockMs);
}

/** What a cursor keeps of the times of a request. */
export function toPollTimes({ clockMs, serverMs }: RequestTimes): PollTimes {
	return { clockMs, serverMs };
}
