import type { TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import type { Slice } from './fetchSlice';
import { ParallelSlicer } from './parallelSlicer';
import { Slicer } from './slicer';
import type { ParallelOptions, SlicingOptions } from './slicingOptions';
import type { WindowPart } from './windowPart';

/**
 * Reads windows slice by slice, several in parallel, as long as more events are needed. Yields each slice
 * as soon as it and all before it are complete; the consumer may stop at any time. The length of the
 * slices follows the density of the log. A slice that is too long, or whose pages shift, is replaced by
 * shorter ones: no event is yielded before its slice was read to the end. A single millisecond is read
 * whatever its size.
 */
export function fetchSlices(
	log: EventLog,
	windows: readonly TimeWindow[],
	options: SlicingOptions,
): AsyncIterable<Slice> {
	return yieldSlices(new Slicer(log, windows, options));
}

/**
 * Reads all of some windows as `fetchSlices` does. All events are needed: workers share what is left, and
 * the first failure ends the read.
 */
export function fetchAllSlices(
	log: EventLog,
	windows: readonly WindowPart[],
	options: ParallelOptions,
): AsyncIterable<Slice> {
	return yieldSlices(new ParallelSlicer(log, windows, options));
}

async function* yieldSlices(slicer: Slicer | ParallelSlicer): AsyncIterable<Slice> {
	try {
		for (let slice = await slicer.next(); slice; slice = await slicer.next()) yield slice;
	} finally {
		await slicer.stop();
	}
}
