import { identify, type AuditEvent } from '../audit/identity';
import { parseRecord, type AuditRecord } from '../audit/record';
import { contains, type TimeWindow } from '../audit/window';
import { CelonisFault } from '../transport/faults';
import type { AuditPage, ReadPages } from '../transport/pages';

/** A window that was read to its end. */
export interface WindowReading {
	/** Every event of the window, in no particular order. */
	readonly events: readonly AuditEvent[];
	/** The server's time of the first page, in whole seconds as epoch milliseconds. */
	readonly servedAtMs: number;
}

/** A window that may be open at its end: up to now. */
export interface OpenWindow {
	readonly fromMs: number;
	readonly toMs?: number;
}

/** How often a window is read anew because its pages shifted. */
const MOST_READINGS = 5;

/** The `Date` header has whole seconds: the server's time lies somewhere in the next one. */
const SERVER_TIME_STEP_MS = 1000;

/**
 * Reads a window to its end. Events count only then: the order of the pages is not known, and
 * identities depend on all records of a moment. A window without an end is read in one page if it
 * fits there; else it is closed at the server's time, so that the log can't grow into it.
 */
export async function readWindow(pages: ReadPages, window: OpenWindow): Promise<WindowReading> {
	if (window.toMs !== undefined) {
		return await readClosed(pages, { fromMs: window.fromMs, toMs: window.toMs });
	}
	const first = await readFirstPage(pages, window);
	if (first.page.isLast) return first;
	const { servedAtMs } = first;
	return {
		...(await readClosed(pages, { fromMs: window.fromMs, toMs: closeAt(servedAtMs) })),
		servedAtMs,
	};
}

/** The first page of a window; with `page.isLast` it is the whole of it. */
export async function readFirstPage(
	pages: ReadPages,
	{ fromMs, toMs }: OpenWindow,
): Promise<WindowReading & { readonly page: AuditPage }> {
	for await (const page of pages({ window: { fromMs, toMs } })) {
		const events = identify(recordsOf(page, { fromMs, toMs: toMs ?? Infinity }));
		return { events, servedAtMs: page.servedAtMs, page };
	}
	throw new CelonisFault({ kind: 'notTheLog', found: 'nothing' });
}

/** Where to close a window that is open up to now. */
export function closeAt(servedAtMs: number): number {
	return servedAtMs + SERVER_TIME_STEP_MS;
}

async function readClosed(pages: ReadPages, window: TimeWindow): Promise<WindowReading> {
	for (let reading = 1; ; reading++) {
		const outcome = await readOnce(pages, window).catch((error: unknown) =>
			error instanceof CelonisFault && error.fault.kind === 'shifted' && reading < MOST_READINGS
				? undefined
				: Promise.reject(error),
		);
		if (outcome) return outcome;
	}
}

async function readOnce(pages: ReadPages, window: TimeWindow): Promise<WindowReading> {
	const records: AuditRecord[] = [];
	let servedAtMs: number | undefined;
	for await (const page of pages({ window })) {
		servedAtMs ??= page.servedAtMs;
		for (const record of recordsOf(page, window)) records.push(record);
	}
	return { events: identify(records), servedAtMs: servedAtMs ?? window.toMs };
}

/** The records of a page that lie in the window, whatever the server does at its bounds. */
function recordsOf(page: AuditPage, window: TimeWindow): AuditRecord[] {
	return page.records
		.map((value) => {
			const record = parseRecord(value);
			if (typeof record === 'string') {
				throw new CelonisFault({ kind: 'brokenRecord', problem: record });
			}
			return record;
		})
		.filter((record) => contains(window, record.timestampMs));
}
