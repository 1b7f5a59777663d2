import { identify, type AuditEvent } from '../audit/identity';
import type { AuditRecord } from '../audit/record';
import type { TimeWindow } from '../audit/window';
import { createPageCounter, READ_LIMITS } from '../transport/limits';
import type { AuditPage, ReadPages } from '../transport/pages';
import { cut, pagesExpected, PAGES_A_SLICE, type FirstPage } from './cutting';
import {
	closeAt,
	readFirstPage,
	recordsOf,
	readWindow,
	untilStill,
	type OpenWindow,
} from './readWindow';
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
	const { events, page } = await readFirstPage(pages, window);
	if (page.isLast) return events;

	const whole = { fromMs: window.fromMs, toMs: window.toMs ?? closeAt(page) };
	if (concurrency === 1) return await readWindow(pages, whole);
	const count = createPageCounter({ ...READ_LIMITS, pages: Infinity, emptyPages: Infinity });
	const read: AuditEvent[][] = [];
	await workThrough(
		cut(whole, pageIn(page, events), 2 * concurrency),
		concurrency,
		async (slice) => {
			const outcome = await untilStill(() => readSlice(pages, slice, concurrency));
			if (!('events' in outcome)) return outcome.parts;
			count(outcome.events.length);
			read.push(outcome.events);
			return [];
		},
	);
	return read.flat();
}

type Outcome =
	| { readonly events: AuditEvent[] }
	/** It is to be read in these parts instead. */
	| { readonly parts: TimeWindow[] };

async function readSlice(
	pages: ReadPages,
	slice: TimeWindow,
	concurrency: number,
): Promise<Outcome> {
	const records: AuditRecord[] = [];
	const isSmallest = slice.toMs - slice.fromMs === 1;
	let pageNumber = 0;
	for await (const page of pages({ window: slice })) {
		pageNumber++;
		const found = recordsOf(page, pageNumber, slice);
		for (const record of found) records.push(record);
		if (page.isLast || isSmallest) continue;

		const first = pageIn(page, found);
		const isLong = pageNumber === 1 && pagesExpected(slice, first) > MOST_PAGES_A_SLICE;
		// Where the server has no order, the first page does not tell.
		const hasBecomeLong = pageNumber === 2 * MOST_PAGES_A_SLICE;
		if (isLong || hasBecomeLong) return { parts: cut(slice, first, 2 * concurrency) };
	}
	return { events: identify(records) };
}

function pageIn(
	{ records, total }: AuditPage,
	found: readonly Pick<AuditRecord, 'timestampMs'>[],
): FirstPage {
	return { records: records.length, total, times: found.map(({ timestampMs }) => timestampMs) };
}
