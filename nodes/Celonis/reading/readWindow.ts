import type { LogEvent } from '../records/eventId';
import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import { CelonisFault } from '../errors/celonisError';
import type { LogPage, ReadPages } from './paginator';
import type { OpenLog } from './eventLog';
import { readWhole } from './readSlice';
import { recordsOf } from './parsePage';

/** A window that may be open at its end: up to now. */
export interface OpenWindow {
	readonly fromMs: number;
	readonly toMs?: number;
}

/** How often a window or a part of it is read, because its pages shift. */
const MOST_READINGS = 5;

/** The `Date` header has whole seconds: the server's time lies somewhere in the next one. */
const SERVER_TIME_STEP_MS = 1000;

/** Reads a window to its end, anew where its pages shift; its events come oldest first. */
export async function readWindow(log: OpenLog, window: TimeWindow): Promise<LogEvent[]> {
	return await untilStill(async () => await readWhole(log, window));
}

/** The first page of a window; where it is the last one too, its records are all there are. */
export async function readFirstPage(
	pages: ReadPages,
	{ fromMs, toMs }: OpenWindow,
): Promise<{ readonly records: LogRecord[]; readonly page: LogPage }> {
	for await (const page of pages({ window: { fromMs, toMs } })) {
		return { records: recordsOf(page, 1, { fromMs, toMs: toMs ?? Infinity }), page };
	}
	throw new CelonisFault({ kind: 'emptyAnswer' });
}

/** Where to close a window that is open up to now, so that the log can't grow into it. */
export function closeAt(page: LogPage): number {
	return page.servedAtMs + SERVER_TIME_STEP_MS;
}

/** Whether pages shifted under a reading. */
export function isShifted(error: unknown): boolean {
	return error instanceof CelonisFault && error.fault.kind === 'shifted';
}

/** Reads anew where pages shifted under a reading, some times. */
export async function untilStill<T>(read: () => Promise<T>): Promise<T> {
	for (let reading = 1; ; reading++) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) =>
				isShifted(error) && reading < MOST_READINGS ? undefined : Promise.reject(error),
		);
		if (outcome) return outcome.value;
	}
}
