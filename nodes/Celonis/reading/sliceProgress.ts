import type { LogRecord } from '../records/record';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { LogPage } from './paginator';
import { describeFirstPage, getTimeSpanMs, isNewestPage, splitEvenly } from './splitWindow';
import type { WindowEnd, WindowPart } from './windowPart';

/** How many of the last pages show the density at present: so many, and a share of all. */
const MIN_RECENT_PAGES = 3;
const RECENT_SHARE = 1 / 3;

/** From this factor on, events have become denser, rather than a little more frequent. */
const MIN_DENSITY_CHANGE = 8;

/**
 * How far the reading of a slice has come, as far as the order of its pages shows it. It is only an
 * estimate: a server may have no order, so that nothing is complete before the last page.
 */
export class SliceProgress {
	#pages = 0;
	#records = 0;
	#total: number | undefined;
	#oldestMs = Infinity;
	#newestMs = -Infinity;
	/** The end of the slice that the pages begin with; `none` if they come in no order. */
	#firstEnd: WindowEnd | 'none' | undefined;
	/** The times up to which the slice was read after each page. */
	readonly #frontsMs: number[] = [];

	constructor(private readonly slice: TimeWindow) {}

	/** How many pages were read. */
	get pages(): number {
		return this.#pages;
	}

	/** Adds the next page; `records` are those of its records that lie in the slice. */
	add(page: LogPage, records: readonly LogRecord[]): void {
		const stats = describeFirstPage(page, records);
		this.#pages++;
		this.#records += stats.records;
		this.#total = stats.total;
		if (stats.times.length === 0) return;
		const oldestMs = stats.times.reduce((min, ms) => Math.min(min, ms), Infinity);
		const newestMs = stats.times.reduce((max, ms) => Math.max(max, ms), -Infinity);
		if (this.#firstEnd === undefined) {
			// A page that spans most of the slice shows no order.
			const isWide = 2 * getTimeSpanMs(stats.times) >= getLengthMs(this.slice);
			const isNewest = isNewestPage(this.slice, stats);
			this.#firstEnd = isWide ? 'none' : isNewest ? 'newest' : 'oldest';
			this.#frontsMs.push(isNewest ? newestMs : oldestMs);
		} else if (
			this.#firstEnd === 'newest' ? newestMs > this.#oldestMs : oldestMs < this.#newestMs
		) {
			this.#firstEnd = 'none';
		}
		this.#oldestMs = Math.min(this.#oldestMs, oldestMs);
		this.#newestMs = Math.max(this.#newestMs, newestMs);
		this.#frontsMs.push(this.#firstEnd === 'newest' ? this.#oldestMs : this.#newestMs);
	}

	/** How many pages are probably left; `undefined` if the server has no order and counts nothing. */
	estimateRemainingPages(): number | undefined {
		if (this.#total !== undefined) {
			const pages = (this.#total * this.#pages) / Math.max(1, this.#records);
			return Math.max(0, pages - this.#pages);
		}
		const restMs = this.#estimateRestMs();
		if (restMs === undefined) return undefined;
		const average = (restMs * this.#pages) / Math.max(1, getLengthMs(this.slice) - restMs);
		const recent = restMs / this.#getRecentMsPerPage();
		return recent > average * MIN_DENSITY_CHANGE ? recent : average;
	}

	/**
	 * The parts to read instead, if other workers are to help: what was read so far, which counts for
	 * nothing, and the rest, of which slices can be cut off. Without an order, so many even parts.
	 */
	split(parts: number): WindowPart[] {
		const { fromMs, toMs } = this.slice;
		const remaining = this.estimateRemainingPages();
		const restMs = this.#estimateRestMs() ?? 0;
		const isPossible = remaining !== undefined && restMs > 0 && restMs < toMs - fromMs;
		if (!isPossible) return splitEvenly(this.slice, parts);
		const read = { estimatedPages: this.#pages };
		const rest = { estimatedPages: remaining };
		const isOldestFirst = this.#firstEnd === 'oldest';
		const cutMs = isOldestFirst ? toMs - restMs : fromMs + restMs;
		const [before, after] = isOldestFirst ? [read, rest] : [rest, read];
		return [
			{ fromMs, toMs: cutMs, ...before, knownEnd: 'newest' },
			{ fromMs: cutMs, toMs, ...after, knownEnd: 'oldest' },
		];
	}

	/** How much of the slice is probably left, in milliseconds; `undefined` without an order. */
	#estimateRestMs(): number | undefined {
		if (this.#firstEnd === 'oldest') return this.slice.toMs - this.#newestMs - 1;
		if (this.#firstEnd === 'newest') return this.#oldestMs - this.slice.fromMs;
		return undefined;
	}

	#getRecentMsPerPage(): number {
		const fronts = this.#frontsMs;
		const pages = Math.max(MIN_RECENT_PAGES, Math.ceil(this.#pages * RECENT_SHARE));
		const beforeMs = fronts[fronts.length - 1 - pages];
		const nowMs = fronts[fronts.length - 1];
		if (beforeMs === undefined || nowMs === undefined) return Infinity;
		return Math.max(1, Math.abs(nowMs - beforeMs)) / pages;
	}
}
