import { advance, type Cursor, type Delivery, type DeliveryRules } from '../audit/cursor';
import type { AuditEvent } from '../audit/identity';
import { isOutOfTime } from '../faults/fault';
import type { ReadPages } from '../transport/pages';
import { readSlices } from './readSlices';
import { closeAt, readFirstPage } from './readWindow';

/** How long a reading may take. */
export interface TimeLimit {
	/** Milliseconds on any clock that runs on. */
	readonly now: () => number;
	/** On the clock of `now`. */
	readonly deadlineMs: number;
}

/** What a poll delivers. */
export interface NewEvents extends Omit<Delivery, 'isCut'> {
	/** Why the reading stopped before its end, where it failed after it had found something. */
	readonly stoppedBy?: unknown;
}

const MOST_PAGES_A_SLICE = 8;

/** A slice should take a small part of the time, so that slow answers don't keep all from being kept. */
const SLICES_IN_TIME = 4;

/**
 * Reads what is new since the cursor, and moves it on. What fits into one page costs one request;
 * more is read slice by slice, oldest first, as far as the time and the most events allow. A
 * failure throws, unless earlier slices brought events: those are delivered, and the next poll
 * meets the failure again if it lasts.
 */
export async function readNew(
	pages: ReadPages,
	cursor: Cursor,
	rules: DeliveryRules,
	{ now, deadlineMs }: TimeLimit,
): Promise<NewEvents> {
	const startedMs = now();
	const { events, page } = await readFirstPage(pages, { fromMs: cursor.floor.ms });
	const nowMs = page.readAfterMs;
	if (page.isLast) return advance(cursor, { upToMs: nowMs, nowMs, events }, rules);

	const pageTookMs = Math.max(1, now() - startedMs);
	const pagesInTime = Math.floor((deadlineMs - now()) / SLICES_IN_TIME / pageTookMs);
	const slices = readSlices(
		pages,
		{ fromMs: cursor.floor.ms, toMs: closeAt(page) },
		{
			sliceMs: spanOf(events),
			mostPages: Math.max(1, Math.min(MOST_PAGES_A_SLICE, pagesInTime)),
			eventsPerPage: page.records.length,
		},
	);

	const found: AuditEvent[] = [];
	let progress: Omit<NewEvents, 'events'> = { cursor };
	try {
		for await (const slice of slices) {
			const upToMs = Math.min(slice.toMs, nowMs);
			const maxEvents = rules.maxEvents - found.length;
			const {
				events: fresh,
				isCut,
				...step
			} = advance(
				progress.cursor,
				{ upToMs, nowMs, events: slice.events },
				{ ...rules, maxEvents },
			);
			for (const event of fresh) found.push(event);
			progress = { ...progress, ...step };
			if (isCut || found.length === rules.maxEvents || now() >= deadlineMs) break;
		}
	} catch (error) {
		const isMerelyLate = isOutOfTime(error) && progress.cursor !== cursor;
		if (found.length === 0 && !isMerelyLate) return await Promise.reject(error);
		if (!isMerelyLate) progress = { ...progress, stoppedBy: error };
	}
	return { ...progress, events: found };
}

/** The time that a page spans: about as much as a slice should, to begin with. */
function spanOf(events: readonly AuditEvent[]): number {
	const times = events.map(({ timestampMs }) => timestampMs);
	return events.length === 0 ? 1 : Math.max(...times) - Math.min(...times) + 1;
}
