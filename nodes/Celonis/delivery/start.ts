import type { Clock } from '../http/clock';
import { getEarliestNow, getLatestServerTime, type ClockReading } from '../reading/clockReading';
import { CONFIRMATIONS } from './setBack';
import type { EventLog } from '../reading/eventLog';
import { fetchClocks } from '../reading/fetchClocks';
import { readEvents } from '../reading/readEvents';
import { startCursorAt, type Cursor } from './cursor';
import type { LogEvent } from '../records/eventId';
import { getRequestTimes, toPollTimes, type RequestTimes } from './pollTimes';

/** Starts the delivery of a log: from now on, after all events that can be read at this moment. */
export async function fetchStart(log: EventLog, clock: Clock): Promise<Cursor> {
	const { nowMs, times } = await fetchNow(log, clock);
	return { ...startCursorAt(nowMs), lastPoll: toPollTimes(times) };
}

/**
 * Corrects a start that only this machine's clock has set, while Celonis could not be reached: what
 * counts is how long ago that was. Within a process that is known whatever the clock shows.
 */
export async function correctStart(
	log: EventLog,
	cursor: Cursor,
	isFirstOfProcess: boolean,
	clock: Clock,
): Promise<Cursor> {
	const { nowMs, machineMs, times } = await fetchNow(log, clock);
	const { ms } = cursor.lowWatermark;
	const agoMs = isFirstOfProcess
		? machineMs - ms
		: clock.now() - (cursor.lastPoll ?? times).clockMs;
	// A clock that is before the start has been set back: it does not know how long ago the start was.
	const startMs = agoMs < 0 ? Math.min(nowMs, ms) : Math.floor(nowMs - agoMs);
	return { ...startCursorAt(startMs), lastPoll: toPollTimes(times) };
}

interface Now {
	/** What time it is, in epoch milliseconds. */
	readonly nowMs: number;
	/** What this machine's clock shows, in epoch milliseconds. */
	readonly machineMs: number;
	readonly times: RequestTimes;
}

async function fetchNow(log: EventLog, clock: Clock): Promise<Now> {
	const clocks = await fetchClocks(log);
	const times = getRequestTimes(clocks, undefined, clock);
	const nowMs = Math.floor(await findNow(log, clocks));
	return { nowMs, machineMs: clocks.machineMs, times };
}

/** Where the clocks differ, one of them is wrong: the newest record may show which one is behind. */
async function findNow(log: EventLog, clocks: ClockReading): Promise<number> {
	const { serverMs, machineMs, durationMs } = clocks;
	const latestServerMs = getLatestServerTime(clocks);
	if (serverMs === undefined || latestServerMs === undefined) return machineMs;
	if (machineMs < serverMs - durationMs) {
		const newestMs = await fetchNewestSince(log, machineMs);
		return getEarliestNow(clocks, newestMs === undefined ? undefined : newestMs + 1);
	}
	if (machineMs <= latestServerMs) return getEarliestNow(clocks);
	const newestMs = await fetchNewestSince(log, latestServerMs);
	return newestMs === undefined
		? getEarliestNow(clocks)
		: getEarliestNow(await fetchLatestClocks(log, clocks, newestMs));
}

/**
 * The server's clock by several responses, the latest one: a record after it shows that this server is
 * behind. If all are, the record may have been stamped before the server was set back.
 */
async function fetchLatestClocks(
	log: EventLog,
	first: ClockReading,
	newestMs: number,
): Promise<ClockReading> {
	let latest = first;
	for (let i = 0; i < CONFIRMATIONS && (latest.serverMs ?? Infinity) < newestMs; i++) {
		const clocks = await fetchClocks(log);
		if ((clocks.serverMs ?? -Infinity) > (latest.serverMs ?? -Infinity)) latest = clocks;
	}
	return latest;
}

/** Only one event is needed, but a log that grows meanwhile must not change all of a slice. */
const EVENTS_PER_SLICE = 50;

/** The timestamp of the newest record since a moment; `undefined` if there is none. */
async function fetchNewestSince(log: EventLog, fromMs: number): Promise<number | undefined> {
	const options = {
		direction: 'newestFirst',
		concurrency: 1,
		limit: EVENTS_PER_SLICE,
		matches: ({ problem }: LogEvent) => problem === undefined,
	} as const;
	for await (const [newest] of readEvents(log, { fromMs }, options)) {
		if (newest) return newest.timestampMs;
	}
	return undefined;
}
