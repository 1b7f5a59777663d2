import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchSlice, type SliceLimits, type SliceOutcome } from './fetchSlice';
import { isPageShift, retryOnPageShift } from './pageShift';
import type { LogPage } from './paginator';
import type { Prefetcher } from './prefetch';
import { splitEvenly } from './splitWindow';

/** How often a slice is read before it is split because its pages shift. */
const MAX_READS_BEFORE_SPLIT = 3;

/** Number of parts of a slice that is split because its pages shift. */
const PARTS_AFTER_SHIFT = 4;

/**
 * Reads a slice to its end, again and again if its pages shift, and splits it if they go on to: shorter
 * slices have fewer pages that can shift. A single millisecond can't be split.
 */
export async function fetchOrSplit(
	log: EventLog,
	slice: TimeWindow,
	limits: SliceLimits,
	pages?: Prefetcher<LogPage>,
): Promise<SliceOutcome> {
	let prefetched = pages;
	const read = async () => {
		const outcome = fetchSlice(log, slice, limits, prefetched);
		prefetched = undefined;
		return await outcome;
	};
	if (getLengthMs(slice) === 1) return await retryOnPageShift(read);
	return await retryOnPageShift(read, MAX_READS_BEFORE_SPLIT).catch((error: unknown) =>
		isPageShift(error) ? { parts: splitEvenly(slice, PARTS_AFTER_SHIFT) } : rethrow(error),
	);
}
