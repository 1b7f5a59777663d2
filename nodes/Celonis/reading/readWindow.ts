import type { LogEvent } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import { CelonisError } from '../errors/celonisError';
import type { LogPage, Paginator } from './paginator';
import type { EventLog } from './eventLog';
import { fetchWhole } from './readSlice';
import { parsePage } from './parsePage';

/** A window that may be open at its end: up to now. */
export interface OpenWindow {
	readonly fromMs: number;
	readonly toMs?: number;
}

/** How often a window or a part of it is read, because its pages shift. */
const MAX_READS = 5;

/** The `Date` header has whole seconds: the server's time lies somewhere in the next one. */
const SERVER_CLOCK_RESOLUTION_MS = 1000;

/** Reads a window to its end, anew where its pages shift; its events come oldest first. */
export async function fetchWindow(log: EventLog, window: TimeWindow): Promise<LogEvent[]> {
	return await retryOnPageShift(async () => await fetchWhole(log, window));
}

/** The first page of a window; where it is the last one too, its records are all there are. */
export async function fetchFirstPage(
	pages: Paginator,
	{ fromMs, toMs }: OpenWindow,
): Promise<{ readonly records: LogRecord[]; readonly page: LogPage }> {
	for await (const page of pages({ window: { fromMs, toMs } })) {
		return { records: parsePage(page, 1, { fromMs, toMs: toMs ?? Infinity }), page };
	}
	throw new CelonisError({ code: 'emptyAnswer' });
}

/** Where to close a window that is open up to now, so that the log can't grow into it. */
export function snapshotEnd(page: LogPage): number {
	return page.serverTimeMs + SERVER_CLOCK_RESOLUTION_MS;
}

/** Whether pages shifted under a reading. */
export function isPageShift(error: unknown): boolean {
	return error instanceof CelonisError && error.details.code === 'shifted';
}

/** Reads anew where pages shifted under a reading, some times. */
export async function retryOnPageShift<T>(read: () => Promise<T>): Promise<T> {
	for (let reading = 1; ; reading++) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) =>
				isPageShift(error) && reading < MAX_READS ? undefined : Promise.reject(error),
		);
		if (outcome) return outcome.value;
	}
}
