import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchSlice, type SliceOutcome, type SplitDecision } from './fetchSlice';
import { isPageShift, isTokenRefused, MAX_READS, retryOnPageShift } from './pageShift';
import type { LogPage } from './paginator';
import type { Prefetcher } from './prefetch';
import { splitEvenly } from './splitWindow';

/** How often a slice is read before it is split because its pages shift. */
const MAX_READS_BEFORE_SPLIT = 3;

/** Number of parts of a slice that is split because its pages shift. */
const PARTS_AFTER_SHIFT = 4;

/**
 * Reads a slice to its end, again and again if its pages shift, and splits it if they go on to: shorter
 * slices have fewer pages that can shift. A single millisecond can't be split. If slices are read in
 * parallel, a page token that is refused is an error: it may last longer when this slice is read alone.
 */
export async function fetchOrSplit(
	log: EventLog,
	slice: TimeWindow,
	startDeciding: () => SplitDecision,
	pages: Prefetcher<LogPage> | undefined,
	isParallel: boolean,
): Promise<SliceOutcome> {
	let prefetched = pages;
	const read = async () => {
		const outcome = fetchSlice(log, slice, startDeciding(), prefetched);
		prefetched = undefined;
		return await outcome;
	};
	const mayReadAgain = (error: unknown) =>
		isPageShift(error) && !(isParallel && isTokenRefused(error));
	if (getLengthMs(slice) === 1) return await retryOnPageShift(read, MAX_READS, mayReadAgain);
	const outcome = retryOnPageShift(read, MAX_READS_BEFORE_SPLIT, mayReadAgain);
	return await outcome.catch((error: unknown) =>
		mayReadAgain(error) ? { parts: splitEvenly(slice, PARTS_AFTER_SHIFT) } : rethrow(error),
	);
}
