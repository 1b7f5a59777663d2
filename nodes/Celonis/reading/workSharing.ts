import type { TimeWindow } from '../records/timeWindow';
import type { SplitDecision } from './fetchSlice';
import type { LogPage } from './paginator';
import { SliceProgress } from './sliceProgress';
import type { WindowPart } from './windowPart';

/** How many pages have to be left of a slice, so that it is split for workers that are idle. */
const MIN_REMAINING_PAGES = 6;

/** The same for each page that was read in vain then, if all other workers are idle. */
const MIN_REMAINING_PER_READ = 1;

/** A slice without an order is split after so many pages, or twice as many as the others have. */
const MIN_PAGES_WITHOUT_ORDER = 4;

/** How many pages may be read in vain: so many, and a share of all. */
const MAX_WASTED_PAGES = 12;
const MAX_WASTED_SHARE = 0.15;

/** Late events are rare before this: what is more recent is read on its own, so that only it may shift. */
const RECENT_MS = 60 * 60 * 1000;

/**
 * Decides which slices are split so that idle workers can help. The pages that were read of such a slice
 * are read again: its order is unknown, so they do not show that any part of it is complete.
 */
export class WorkSharing {
	#pages = 0;
	#wastedPages = 0;
	#completeSlices = 0;
	#completePages = 0;
	/** Where the recent part begins. It is fixed: a cut that moved on with the clock would never be the last. */
	#recentFromMs: number | undefined;

	constructor(
		private readonly countWorkers: () => { readonly idle: number; readonly workers: number },
	) {}

	/** How many pages were read. */
	get pages(): number {
		return this.#pages;
	}

	/** Counts a slice that was read to its end. */
	complete(pages: number): void {
		this.#completeSlices++;
		this.#completePages += pages;
	}

	/** Begins a slice. */
	start(slice: TimeWindow): SplitDecision {
		const progress = new SliceProgress(slice);
		return (page, records) => {
			this.#pages++;
			progress.add(page, records);
			if (page.isRestParallel)
				return progress.pages === 1 ? this.#cutRecent(slice, page) : undefined;
			const { idle, workers } = this.countWorkers();
			if (idle === 0 || !this.#isWorthwhile(progress, idle / workers)) return undefined;
			const wastedPages = this.#wastedPages + progress.pages;
			if (wastedPages > MAX_WASTED_PAGES + MAX_WASTED_SHARE * this.#pages) return undefined;
			this.#wastedPages = wastedPages;
			return progress.split(2 * (idle + 1));
		};
	}

	#isWorthwhile(progress: SliceProgress, idleShare: number): boolean {
		const remaining = progress.estimateRemainingPages();
		if (remaining !== undefined) {
			const wasted = MIN_REMAINING_PER_READ * progress.pages;
			return remaining * idleShare >= Math.max(MIN_REMAINING_PAGES, wasted);
		}
		const average = this.#completePages / Math.max(1, this.#completeSlices);
		return progress.pages >= Math.max(MIN_PAGES_WITHOUT_ORDER, 2 * average);
	}

	/** Cuts off what is so recent that late events may still appear in it. */
	#cutRecent({ fromMs, toMs }: TimeWindow, { clocks }: LogPage): WindowPart[] | undefined {
		const nowMs = clocks.serverMs ?? clocks.machineMs;
		const cutMs = (this.#recentFromMs ??= Math.floor(nowMs) - RECENT_MS);
		if (cutMs <= fromMs || cutMs >= toMs) return undefined;
		return [
			{ fromMs, toMs: cutMs },
			{ fromMs: cutMs, toMs },
		];
	}
}
