import { oldestFirst, type AuditEvent } from '../audit/identity';
import type { ReadPages } from '../transport/pages';
import { closeAt, readFirstPage, readWindow, type OpenWindow } from './readWindow';

/** The end of a window that is wanted. */
export interface EndRequest {
	readonly end: 'newest' | 'oldest';
	/** How many events, at the most. */
	readonly limit: number;
}

const SHORTEST_SLICE_MS = 1000;

/**
 * The newest or the oldest events of a window, that end first. A window of one page costs one
 * request. A larger one is read in slices of time from the wanted end, each twice as long as the
 * one before, so that a small limit does not read a large log and a quiet log takes few requests.
 */
export async function readEnd(
	pages: ReadPages,
	window: OpenWindow,
	{ end, limit }: EndRequest,
): Promise<AuditEvent[]> {
	const { events: firstEvents, page } = await readFirstPage(pages, window);
	if (page.isLast) return fromEnd(firstEvents, end).slice(0, limit);

	const toMs = window.toMs ?? closeAt(page);
	const found: AuditEvent[] = [];
	let sliceMs = Math.max(SHORTEST_SLICE_MS, spanOf(firstEvents));
	let rest = { fromMs: window.fromMs, toMs };
	while (found.length < limit && rest.fromMs < rest.toMs) {
		const cutMs =
			end === 'newest'
				? Math.max(rest.fromMs, rest.toMs - sliceMs)
				: Math.min(rest.toMs, rest.fromMs + sliceMs);
		const before = { fromMs: rest.fromMs, toMs: cutMs };
		const after = { fromMs: cutMs, toMs: rest.toMs };
		const [slice, remainder] = end === 'newest' ? [after, before] : [before, after];

		for (const event of fromEnd(await readWindow(pages, slice), end)) found.push(event);
		rest = remainder;
		sliceMs *= 2;
	}
	return found.slice(0, limit);
}

/** Sorts in place: the wanted end comes first. */
export function fromEnd(events: AuditEvent[], end: EndRequest['end']): AuditEvent[] {
	return events.sort(end === 'oldest' ? oldestFirst : (a, b) => oldestFirst(b, a));
}

/** The time that a page spans: about as much as a slice may, to be about a page. */
function spanOf(events: readonly AuditEvent[]): number {
	const times = events.map((event) => event.timestampMs);
	return Math.max(...times, 0) - Math.min(...times, Infinity);
}
