/** What two clocks showed around a response. Either may be wrong by any amount. */
export interface ClockReading {
	/**
	 * The server's clock when it responded, by the `Date` header (whole seconds), in epoch milliseconds;
	 * missing without exactly one valid header.
	 */
	readonly serverMs?: number;
	/** This machine's clock when the request was sent, in epoch milliseconds. */
	readonly machineMs: number;
	/** From sending the request to the end of the response. */
	readonly durationMs: number;
}

/** The `Date` header has whole seconds: the server's time is somewhere in the next one. */
const SERVER_CLOCK_RESOLUTION_MS = 1000;

/** What the server's clock showed at the latest, in epoch milliseconds; `undefined` without its `Date`. */
export function getLatestServerTime({
	serverMs,
}: Pick<ClockReading, 'serverMs'>): number | undefined {
	return serverMs === undefined ? undefined : serverMs + SERVER_CLOCK_RESOLUTION_MS;
}

/**
 * A moment that is not after the server read the log, unless two clocks are ahead together. A server
 * that is ahead is overruled by this machine; a machine that is behind is overruled by the timestamp of
 * the newest known record. A moment that is too early only costs another read. Without a server's
 * clock, this machine's clock serves.
 */
export function getEarliestNow(
	{ serverMs, machineMs, durationMs }: ClockReading,
	newestRecordMs = -Infinity,
): number {
	if (serverMs === undefined) return machineMs;
	return Math.min(serverMs - durationMs, Math.max(machineMs, newestRecordMs));
}

/** Where to close a window that is open up to now, so that the log can't grow into it. */
export interface OpenEnd {
	/** After all events so far, unless the earlier one of two different clocks is behind. */
	readonly likelyMs: number;
	/** After all events so far, unless all clocks are behind. */
	readonly latestMs: number;
}

/** Clocks that differ by less count as the same. */
const MAX_SAME_CLOCK_SKEW_MS = 5000;

/** The end of the year 9999: ISO 8601 has another form for what comes after it. */
const MAX_TIME_MS = Date.UTC(10_000, 0, 1) - 1;

/**
 * Finds where to close a window that is open up to now. An end that is too early loses events, one that
 * is far too late costs requests: where the clocks differ, what lies between them can be tried.
 */
export function findOpenEnd(clocks: ClockReading, newestRecordMs = -Infinity): OpenEnd {
	const { machineMs, durationMs } = clocks;
	const machineEndMs = Math.ceil(machineMs + durationMs);
	const serverEndMs = getLatestServerTime(clocks) ?? machineEndMs;
	const [earlierMs, laterMs] = [machineEndMs, serverEndMs].sort((a, b) => a - b) as [
		number,
		number,
	];
	const isSame = laterMs - earlierMs <= MAX_SAME_CLOCK_SKEW_MS + durationMs;
	const recordEndMs = newestRecordMs + 1;
	return {
		likelyMs: Math.min(Math.max(isSame ? laterMs : earlierMs, recordEndMs), MAX_TIME_MS),
		latestMs: Math.min(Math.max(laterMs, recordEndMs), MAX_TIME_MS),
	};
}
