import { identify, type AuditEvent } from '../audit/identity';
import { createPageCounter, READ_LIMITS } from '../transport/limits';
import type { ReadPages } from '../transport/pages';
import { cut, PAGES_A_SLICE } from './cutting';
import { firstPage, readSlice } from './readSlice';
import { closeAt, readFirstPage, readWindow, untilStill, type OpenWindow } from './readWindow';
import { workThrough } from './workThrough';

/** A slice with more is cut, so that no worker is left with much to do when the others are done. */
const MOST_PAGES_A_SLICE = 2 * PAGES_A_SLICE;

/**
 * Reads a window to its end, as several slices of time at once; its events come in no particular
 * order. A window of one page costs one request. How many pages are to come is judged by the first
 * page of the window and of each slice: the log may be quiet at night and busy by day. Slices are
 * cut between milliseconds, so that records which share their content and moment stay together.
 */
export async function readAll(
	pages: ReadPages,
	window: OpenWindow,
	concurrency: number,
): Promise<AuditEvent[]> {
	const { fromMs, toMs } = window;
	if (concurrency === 1 && toMs !== undefined) return await readWindow(pages, { fromMs, toMs });
	const { records, page } = await readFirstPage(pages, window);
	if (page.isLast) return identify(records);

	const whole = { fromMs, toMs: toMs ?? closeAt(page) };
	if (concurrency === 1) return await readWindow(pages, whole);
	const count = createPageCounter({ ...READ_LIMITS, pages: Infinity, emptyPages: Infinity });
	const limits = {
		pagesTold: MOST_PAGES_A_SLICE,
		pages: 2 * MOST_PAGES_A_SLICE,
		parts: 2 * concurrency,
	};
	const read: AuditEvent[][] = [];
	await workThrough(
		cut(whole, firstPage(page, records), limits.parts),
		concurrency,
		async (slice) => {
			const outcome = await untilStill(() => readSlice(pages, slice, limits));
			if (!('events' in outcome)) return outcome.parts;
			count(outcome.events.length);
			read.push(outcome.events);
			return [];
		},
	);
	return read.flat();
}
