import type { EventLog } from './eventLog';
import type { Slice } from './fetchSlice';
import { ParallelSlicer } from './parallelSlicer';
import { Slicer } from './slicer';
import type { SlicingOptions } from './slicingOptions';
import type { WindowPart } from './windowPart';

/**
 * Reads windows slice by slice, several in parallel. Yields each slice as soon as it and all before
 * it are complete; the consumer may stop at any time. The length of the slices follows the density of
 * the log. A slice that is too long, or whose pages shift, is replaced by shorter ones: no event is
 * yielded before its slice was read to the end. A single millisecond is read whatever its size.
 */
export async function* fetchSlices(
	log: EventLog,
	windows: readonly WindowPart[],
	options: SlicingOptions,
): AsyncIterable<Slice> {
	const slicer = options.isAllNeeded
		? new ParallelSlicer(log, windows, options)
		: new Slicer(log, windows, options);
	try {
		for (let slice = await slicer.next(); slice; slice = await slicer.next()) yield slice;
	} finally {
		await slicer.stop();
	}
}
