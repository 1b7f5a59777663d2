import { identify, type AuditEvent } from '../audit/identity';
import type { AuditRecord } from '../audit/record';
import type { TimeWindow } from '../audit/window';
import type { AuditPage, ReadPages } from '../transport/pages';
import { cut, pagesTold, type FirstPage } from './cutting';
import { recordsOf } from './readWindow';

/** What became of the reading of a slice. */
export type SliceOutcome =
	| { readonly events: AuditEvent[] }
	/** It is too long: it is to be read in these parts instead. */
	| { readonly parts: TimeWindow[] };

/** When a slice is too long. */
export interface SliceLimits {
	/** How many pages it may have, by what its first page tells. */
	readonly pagesTold: number;
	/** After how many pages it is given up: where the server has no order, the first does not tell. */
	readonly pages: number;
	/** Into how many parts it is cut, at the most. */
	readonly parts: number;
}

/** Reads a slice to its end, unless it is too long. A single millisecond is never too long. */
export async function readSlice(
	pages: ReadPages,
	slice: TimeWindow,
	most: SliceLimits,
): Promise<SliceOutcome> {
	const records: AuditRecord[] = [];
	const isSmallest = slice.toMs - slice.fromMs === 1;
	let pageNumber = 0;
	for await (const page of pages({ window: slice })) {
		pageNumber++;
		const found = recordsOf(page, pageNumber, slice);
		for (const record of found) records.push(record);
		if (page.isLast || isSmallest) continue;

		const first = firstPage(page, found);
		const told = pageNumber === 1 ? pagesTold(slice, first) : undefined;
		const isLong = told !== undefined && told > most.pagesTold;
		if (isLong || pageNumber === most.pages) return { parts: cut(slice, first, most.parts) };
	}
	return { events: identify(records) };
}

/** What a page tells about the rest of its window; `found` are its records that lie in there. */
export function firstPage(
	{ records, total }: AuditPage,
	found: readonly Pick<AuditRecord, 'timestampMs'>[],
): FirstPage {
	return { records: records.length, total, times: found.map(({ timestampMs }) => timestampMs) };
}
