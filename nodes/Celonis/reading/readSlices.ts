import type { AuditEvent } from '../audit/identity';
import type { TimeWindow } from '../audit/window';
import type { ReadPages } from '../transport/pages';
import { isShifted, readOnce } from './readWindow';

/** A part of a window that was read to its end. */
export interface Slice extends TimeWindow {
	readonly events: readonly AuditEvent[];
}

/** How a window is cut. */
export interface Cutting {
	/** Length of the first slice, in milliseconds. */
	readonly sliceMs: number;
	/** A slice that turns out to have more pages is cut further. */
	readonly mostPages: number;
	/** How many events a full page holds. */
	readonly eventsPerPage: number;
}

/** By what factor slices grow and shrink. */
const STEP = 4;

/**
 * Reads a window slice by slice, oldest first, and gives each slice when it is complete; stop when
 * you like. The length of the slices follows the density of the log: a slice with more pages than
 * allowed, or whose pages shift while they are read, is given up for a shorter one. Only a single
 * millisecond is read whatever it holds.
 */
export async function* readSlices(
	pages: ReadPages,
	window: TimeWindow,
	cutting: Cutting,
): AsyncIterable<Slice> {
	let { sliceMs } = cutting;
	for (let fromMs = window.fromMs; fromMs < window.toMs; ) {
		const toMs = Math.min(window.toMs, fromMs + Math.max(1, Math.floor(sliceMs)));
		const isSmallest = toMs - fromMs === 1;
		const mostPages = isSmallest ? Infinity : cutting.mostPages;
		const slice = await readOnce(pages, { fromMs, toMs }, mostPages).catch((error: unknown) =>
			isShifted(error) && !isSmallest ? undefined : Promise.reject(error),
		);
		if (!slice) {
			sliceMs = (toMs - fromMs) / STEP;
			continue;
		}
		yield { fromMs, toMs, events: slice };
		fromMs = toMs;
		const isSparse = slice.length * STEP <= cutting.mostPages * cutting.eventsPerPage;
		if (isSparse) sliceMs *= STEP;
	}
}
