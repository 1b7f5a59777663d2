import { isPollDeadlineExceeded } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Clock } from '../http/clock';
import { getEarliestNow } from '../reading/clockReading';
import type { EventLog } from '../reading/eventLog';
import { estimateDemand } from '../reading/estimateDemand';
import { explainDeadline } from '../reading/explainDeadline';
import { fetchSlices } from '../reading/fetchSlices';
import { fetchFirstPage, getOpenEnd, type FirstPage } from '../reading/firstPage';
import { retryOnPageShift } from '../reading/pageShift';
import { assignEventIds } from '../records/eventId';
import type { TimeWindow } from '../records/timeWindow';
import { getHighWatermark, type Cursor } from './cursor';
import { startDelivery, type Delivery } from './delivery';
import type { FetchedEvents, FetchRules } from './fetching';
import { mergeWindows } from './intervals';
import { findSevereLateness } from './lateness';
import { NewestRecord } from './newestRecord';
import { extrapolateServerTime, getRequestTimes, toPollTimes } from './pollTimes';
import { findWindowsToReread, NOTHING_TO_REREAD } from './rereads';
import { findCursorAfterSetBack } from './setBack';
import { chooseSlicing } from './slicing';

/** The time between clocks that differ by more takes too many requests. */
const MAX_UNCERTAIN_MS = 24 * 60 * 60 * 1000;

/** The first page of a poll, and what it decides. */
interface PollStart extends FirstPage {
	readonly fromMs: number;
	/** A moment before which the log was read, in epoch milliseconds. */
	readonly nowMs: number;
	/** How long the page took. */
	readonly firstPageMs: number;
}

/**
 * Fetches the events since the cursor and returns them with the cursor after them. What fits into
 * one page costs one request. More is fetched slice by slice, as far as the deadline and the maximum
 * number of events allow: first what is due for its final read, then what is new, then what is due
 * for an early read. A failure throws, unless earlier slices had new events: those are delivered, and
 * if the failure persists, the next poll fails.
 */
export async function fetchNewEvents(
	log: EventLog,
	cursor: Cursor,
	rules: FetchRules,
	clock: Clock,
): Promise<FetchedEvents> {
	const startedMs = clock.now();
	// Several intervals: the last poll did not read everything after the low watermark again.
	const fromMs = cursor.intervals.length > 1 ? getHighWatermark(cursor) : cursor.lowWatermark.ms;
	const firstPage = await retryOnPageShift(async () => await fetchFirstPage(log, { fromMs }));
	const { clocks } = firstPage.page;
	const times = getRequestTimes(clocks, cursor.newestRecordMs, clock);
	const lastPoll = toPollTimes(times);
	const movedBack = await findCursorAfterSetBack(log, cursor, times, rules, clock);
	if (movedBack) {
		const start = { ...movedBack, lastPoll };
		const fetched = await fetchNewEvents(log, start, rules, clock).catch((error: unknown) =>
			// The position is kept even if nothing more can be read: the clock may catch up soon.
			({ cursor: start, events: [], clocks, stoppedBy: error }),
		);
		return { ...fetched, movedBackTo: start };
	}

	const newest = new NewestRecord(cursor.newestRecordMs, clocks);
	newest.observe(firstPage.records);
	const nowMs = Math.min(
		getEarliestNow(clocks, newest.timestampMs),
		clocks.serverMs === undefined ? extrapolateServerTime(cursor, times, rules) : Infinity,
	);
	const delivery = observeWith(startDelivery(cursor, nowMs, rules), newest);
	const start = { ...firstPage, fromMs, nowMs, firstPageMs: clock.now() - startedMs };
	const stopped = await fetchAll(log, cursor, start, delivery, rules, clock).then(
		() => ({}),
		(error: unknown) => keepProgress(delivery, error),
	);
	const result = delivery.result();
	const newestRecordMs = newest.timestampMs;
	const advanced = { ...result.cursor, newestRecordMs, lastPoll };
	const latenessMs = findSevereLateness(cursor, result.events, rules);
	return {
		...result,
		cursor: advanced,
		readAtMs: Math.floor(nowMs),
		clocks,
		...(latenessMs !== undefined && { latenessMs }),
		...stopped,
	};
}

/** Fetches what the first page does not show, and observes everything. */
async function fetchAll(
	log: EventLog,
	cursor: Cursor,
	start: PollStart,
	delivery: Delivery,
	rules: FetchRules,
	clock: Clock,
): Promise<void> {
	const { page, fromMs, nowMs, firstPageMs } = start;
	const watermarkMs = getHighWatermark(cursor);
	const isComplete = page.isLast && fromMs === cursor.lowWatermark.ms;
	const { dueForFinalRead, dueForEarlyRead } = isComplete
		? NOTHING_TO_REREAD
		: findWindowsToReread(cursor, page.pageSize, nowMs, rules.lookbackMs);
	const newest = { fromMs: watermarkMs, toMs: Math.max(findEnd(start), watermarkMs) };
	let read = 0;
	const { maxEvents, concurrency } = rules;
	const options = chooseSlicing(cursor, start, {
		concurrency,
		workers: Math.min(concurrency, log.getConcurrency?.() ?? concurrency),
		demand: () => {
			const needed = delivery.remaining();
			return estimateDemand({ needed, read, found: maxEvents - needed });
		},
		remainingMs: rules.deadlineMs - clock.now(),
		firstPageMs,
	});
	/** Returns whether there is time and capacity for more. */
	const observeSlices = async (parts: TimeWindow[]): Promise<boolean> => {
		for await (const slice of fetchSlices(log, mergeWindows(parts), options)) {
			delivery.observe(slice);
			if (slice.toMs > watermarkMs) read += slice.events.length;
			if (delivery.remaining() === 0 || clock.now() >= rules.deadlineMs) return false;
		}
		return true;
	};
	const canContinue = await observeSlices(
		page.isLast ? dueForFinalRead : [...dueForFinalRead, newest],
	);
	if (!canContinue) return;
	if (page.isLast) {
		observeFirstPage(log, delivery, start);
		read += start.records.length;
	}
	await observeSlices(dueForEarlyRead);
}

/** What lies between two clocks that differ is read too, unless one of them is far off. */
function findEnd(start: PollStart): number {
	const { likelyMs, latestMs } = getOpenEnd(start);
	const { serverMs = -Infinity } = start.page.clocks;
	return latestMs - likelyMs <= MAX_UNCERTAIN_MS ? latestMs : Math.max(likelyMs, serverMs);
}

/** Observes a first page that is also the last one: it holds everything since `fromMs`. */
function observeFirstPage(
	log: EventLog,
	delivery: Delivery,
	{ records, fromMs, nowMs }: PollStart,
): void {
	delivery.observe({
		fromMs,
		toMs: Math.max(nowMs, fromMs),
		events: assignEventIds(records, log),
	});
}

/** A delivery whose windows also show what the newest record is. */
function observeWith(delivery: Delivery, newest: NewestRecord): Delivery {
	return {
		...delivery,
		observe: (window) => {
			newest.observe(window.events);
			delivery.observe(window);
		},
	};
}

/** After a failure: new events are delivered nevertheless; without any, the failure is thrown. */
async function keepProgress(
	delivery: Delivery,
	error: unknown,
): Promise<Pick<FetchedEvents, 'stoppedBy'>> {
	if (isPollDeadlineExceeded(error) && delivery.hasProgress()) return {};
	if (delivery.hasEvents()) return { stoppedBy: error };
	throw rethrow(explainDeadline(error));
}
