import { identify, type AuditEvent } from '../audit/identity';
import { parseRecord, type AuditRecord } from '../audit/record';
import { contains, type TimeWindow } from '../audit/window';
import { CelonisFault } from '../faults/fault';
import type { AuditPage, ReadPages } from '../transport/pages';

/** A window that may be open at its end: up to now. */
export interface OpenWindow {
	readonly fromMs: number;
	readonly toMs?: number;
}

/** How often a window or a part of it is read, because its pages shift. */
const MOST_READINGS = 5;

/** The `Date` header has whole seconds: the server's time lies somewhere in the next one. */
const SERVER_TIME_STEP_MS = 1000;

/**
 * Reads a window to its end, page after page; its events come in no particular order. They count
 * only then: the order of the pages is not known, and identities depend on all records of a moment.
 */
export async function readWindow(pages: ReadPages, window: TimeWindow): Promise<AuditEvent[]> {
	return await untilStill(async () => await readOnce(pages, window));
}

/** The first page of a window; where it is the last one too, its records are all there are. */
export async function readFirstPage(
	pages: ReadPages,
	{ fromMs, toMs }: OpenWindow,
): Promise<{ readonly records: AuditRecord[]; readonly page: AuditPage }> {
	for await (const page of pages({ window: { fromMs, toMs } })) {
		return { records: recordsOf(page, 1, { fromMs, toMs: toMs ?? Infinity }), page };
	}
	throw new CelonisFault({ kind: 'emptyAnswer' });
}

/** Where to close a window that is open up to now, so that the log can't grow into it. */
export function closeAt(page: AuditPage): number {
	return page.servedAtMs + SERVER_TIME_STEP_MS;
}

/** Reads a window to its end once. */
async function readOnce(pages: ReadPages, window: TimeWindow): Promise<AuditEvent[]> {
	const records: AuditRecord[] = [];
	let pageNumber = 0;
	for await (const page of pages({ window })) {
		for (const record of recordsOf(page, ++pageNumber, window)) records.push(record);
	}
	return identify(records);
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

/**
 * The records of a page that lie in the window, whatever the server does at its bounds. One that
 * can't be read fails the reading: skipped, it would be lost in silence.
 */
export function recordsOf(page: AuditPage, pageNumber: number, window: TimeWindow): AuditRecord[] {
	return page.records
		.map((value, index) => {
			const record = parseRecord(value);
			if (typeof record === 'string') {
				const position = `record ${index + 1} of page ${pageNumber}`;
				throw new CelonisFault({ kind: record, position });
			}
			return record;
		})
		.filter((record) => contains(window, record.timestampMs));
}
