import { assignEventIds, type LogEvent } from '../records/eventId';
import type { EventLog } from './eventLog';
import { getTimeSpanMs } from './splitWindow';
import { snapshotEnd, fetchFirstPage, fetchWindow, type OpenWindow } from './readWindow';

/** The end of a window. */
export type End = 'newest' | 'oldest';

/** The events that are wanted. */
export interface EndRequest {
	readonly end: End;
	/** How many events, at the most. */
	readonly limit: number;
	/** Whether an event counts; reading goes on until enough do. */
	readonly matches: (event: LogEvent) => boolean;
}

const SHORTEST_SLICE_MS = 1000;

/** A slice is held in memory as a whole; some twenty pages are enough to make its requests count. */
const EVENTS_A_SLICE = 10_000;

/** The newest or the oldest events of a window that are wanted, that end first. */
export async function readEnd(
	log: EventLog,
	window: OpenWindow,
	{ end, limit, matches }: EndRequest,
): Promise<LogEvent[]> {
	const found: LogEvent[] = [];
	for await (const slice of readFromEnd(log, window, end)) {
		for (const event of slice) if (matches(event)) found.push(event);
		if (found.length >= limit) break;
	}
	return found.slice(0, limit);
}

/**
 * Reads a window from one end to the other, and gives slice after slice, that end first; stop when
 * you like. A window of one page costs one request. A larger one is read in slices of time, each
 * twice as long as the one before until they hold many events: little is read of a large log where
 * little is wanted, and a quiet log takes few requests.
 */
export async function* readFromEnd(
	log: EventLog,
	window: OpenWindow,
	end: End,
): AsyncIterable<LogEvent[]> {
	const { records, page } = await fetchFirstPage(log.pages, window);
	if (page.isLast) {
		yield fromEnd(assignEventIds(records, log.identityFields), end);
		return;
	}
	let sliceMs = Math.max(
		SHORTEST_SLICE_MS,
		getTimeSpanMs(records.map(({ timestampMs }) => timestampMs)),
	);
	let rest = { fromMs: window.fromMs, toMs: window.toMs ?? snapshotEnd(page) };
	while (rest.fromMs < rest.toMs) {
		const cutMs =
			end === 'newest'
				? Math.max(rest.fromMs, rest.toMs - sliceMs)
				: Math.min(rest.toMs, rest.fromMs + sliceMs);
		const before = { fromMs: rest.fromMs, toMs: cutMs };
		const after = { fromMs: cutMs, toMs: rest.toMs };
		const [slice, remainder] = end === 'newest' ? [after, before] : [before, after];

		const events = await fetchWindow(log, slice);
		sliceMs = nextLength(sliceMs, events.length);
		yield fromEnd(events, end);
		rest = remainder;
	}
}

function nextLength(sliceMs: number, events: number): number {
	if (events * 2 <= EVENTS_A_SLICE) return sliceMs * 2;
	return events <= EVENTS_A_SLICE ? sliceMs : Math.max(1, Math.floor(sliceMs / 2));
}

/** Events that come oldest first, the wanted end first; the list itself is changed. */
export function fromEnd(events: LogEvent[], end: End): LogEvent[] {
	return end === 'oldest' ? events : events.reverse();
}
