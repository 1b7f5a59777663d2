import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { Direction } from './slicingOptions';
import { takeSlice } from './takeSlice';
import type { WindowEnd, WindowPart } from './windowPart';

/** Shorter slices cost too much: the last page of each is half empty on average. */
const MIN_PAGES_PER_SLICE = 4;

/** Longer slices keep too much in memory until they are complete. */
const MAX_PAGES_PER_SLICE = 32;

/**
 * How many pages are handed out at a time, to all workers together, until more than that were read: an
 * estimate by one page is not to be trusted further.
 */
const INITIAL_PAGES = 100;

/** A slice that has a smaller share of the pages that were expected is sparse. */
const MAX_SPARSE_SHARE = 0.3;

/** After so many sparse slices one after the other, the density has changed. */
const MAX_SPARSE_SLICES = 4;

/** A slice that was cut off, and whether nothing is left. */
export interface CutSlice {
	readonly slice: TimeWindow;
	readonly isLast: boolean;
}

/** A window of which slices are cut off. Their length follows the average density of those before. */
export class PendingWindow {
	#window: TimeWindow;
	readonly #knownEnd: WindowEnd;
	/** Of all slices, the first one with what was expected of it. */
	#readPages: number;
	#readMs: number;
	#isFirst = true;
	#pagesPerSlice = 0;
	#sparseSlices = 0;

	constructor({ estimatedPages = 0, knownEnd = 'newest', ...window }: WindowPart) {
		this.#window = window;
		this.#knownEnd = knownEnd;
		this.#readPages = estimatedPages;
		this.#readMs = getLengthMs(window);
	}

	/** The end at which slices are cut off by default: the one whose density is known. */
	get direction(): Direction {
		return this.#knownEnd === 'oldest' ? 'oldestFirst' : 'newestFirst';
	}

	/**
	 * Cuts off a slice at the end that comes first in the direction. Where the density has changed, the
	 * rest is one slice: its first page shows more than many short slices.
	 */
	take(direction: Direction, workers: number, pagesRead: number): CutSlice {
		const pages = this.#estimatePages(getLengthMs(this.#window));
		const share = this.#choosePagesPerSlice(pages, workers, pagesRead);
		const isRestShort = pages - share < MIN_PAGES_PER_SLICE / 2;
		const isWhole = isRestShort || this.#sparseSlices >= MAX_SPARSE_SLICES;
		const windows = [this.#window];
		const shareMs = (share * this.#readMs) / this.#readPages;
		// The density at the other end is unknown.
		const minMs = direction === this.direction ? 0 : getLengthMs(this.#window) / workers;
		const lengthMs = isWhole ? Infinity : Math.max(shareMs, minMs);
		const slice = takeSlice(windows, lengthMs, direction);
		const [rest] = windows;
		if (rest) this.#window = rest;
		return { slice, isLast: rest === undefined };
	}

	/** Learns from a slice that was cut off here and has so many pages. */
	observe(slice: TimeWindow, pages: number): void {
		const lengthMs = getLengthMs(slice);
		const expected = this.#estimatePages(lengthMs);
		// The last page is half empty on average.
		const fullPages = pages - 0.5;
		this.#sparseSlices = fullPages < expected * MAX_SPARSE_SHARE ? this.#sparseSlices + 1 : 0;
		this.#readPages = (this.#isFirst ? expected : this.#readPages) + fullPages;
		this.#readMs = (this.#isFirst ? lengthMs : this.#readMs) + lengthMs;
		this.#isFirst = false;
	}

	#estimatePages(lengthMs: number): number {
		return (lengthMs * this.#readPages) / this.#readMs;
	}

	/** So many that, if the estimate is right, all workers get as many slices and end together. */
	#choosePagesPerSlice(pages: number, workers: number, pagesRead: number): number {
		const max = Math.min(MAX_PAGES_PER_SLICE, Math.max(INITIAL_PAGES, pagesRead) / workers);
		if (this.#pagesPerSlice === 0) {
			const rounds = Math.max(1, Math.ceil(pages / (workers * max)));
			this.#pagesPerSlice = Math.max(MIN_PAGES_PER_SLICE, pages / (workers * rounds));
		}
		this.#pagesPerSlice = Math.max(this.#pagesPerSlice, Math.min(max, pages / workers));
		return this.#pagesPerSlice;
	}
}
