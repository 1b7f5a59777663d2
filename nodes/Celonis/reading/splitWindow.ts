import type { TimeWindow } from '../records/timeWindow';

/** So many that the last page of a slice, half empty on average, does not count. */
export const TARGET_PAGES_PER_SLICE = 12;

/** What the first page of a window tells about all of it. */
export interface FirstPageStats {
	/** How many records it has, those beyond the window too. */
	readonly records: number;
	/** How many the window has in all, where the API counts them. */
	readonly total?: number;
	/** When its records in the window happened, in epoch milliseconds. */
	readonly times: readonly number[];
}

/**
 * How many pages a window is likely to have: as counted by the API, else as many as pages of this
 * span of time fit into it. A page that spans most of the window, as where the server has no order,
 * does not tell.
 */
export function estimatePages(
	{ fromMs, toMs }: TimeWindow,
	page: FirstPageStats,
): number | undefined {
	if (page.total !== undefined) return page.total / Math.max(1, page.records);
	if (page.times.length === 0) return undefined;
	const pages = (toMs - fromMs) / getTimeSpanMs(page.times);
	return pages < 2 ? undefined : pages;
}

/** How many milliseconds some moments span; 1 where there are none. */
export function getTimeSpanMs(times: readonly number[]): number {
	return times.length === 0 ? 1 : Math.max(...times) - Math.min(...times) + 1;
}

/** Into how many parts a window is cut, two at least. */
export interface SplitLimits {
	/** At least, where there is a page for each. */
	readonly min: number;
	readonly max: number;
	/** Where nothing tells how many pages there are. */
	readonly whenUnknown: number;
}

/**
 * Cuts a window of two milliseconds or more into parts, two at least, to be read at once. Of equal
 * length, unless that makes for large parts: then short ones around the first page and ever longer
 * ones away from it, each by the same factor. A month that is quiet but for its last day takes few
 * parts so.
 */
export function splitWindow(
	window: TimeWindow,
	page: FirstPageStats,
	parts: SplitLimits,
): TimeWindow[] {
	const { fromMs, toMs } = window;
	const told = estimatePages(window, page);
	if (told === undefined) return splitEvenly(window, parts.whenUnknown);
	const slices = told / TARGET_PAGES_PER_SLICE;
	const fewest = Math.max(2, Math.min(parts.min, Math.ceil(told)));
	const count = Math.min(Math.max(fewest, Math.ceil(slices)), parts.max, toMs - fromMs);
	// A count says nothing of where the records are.
	const factor = page.total === undefined ? factorOf(slices, count) : 1;
	const share = (part: number) => sumOf(factor, part) / sumOf(factor, count);
	const isNewest = toMs - Math.max(...page.times) <= Math.min(...page.times) - fromMs;
	const cutAt = (part: number) => {
		const fromFirstPage = isNewest ? 1 - share(count - part) : share(part);
		return fromMs + Math.round(fromFirstPage * (toMs - fromMs));
	};
	return Array.from({ length: count }, (_, part) => ({
		fromMs: cutAt(part),
		toMs: cutAt(part + 1),
	}));
}

/** Cuts a window into so many parts of equal length, or one for each millisecond. */
export function splitEvenly({ fromMs, toMs }: TimeWindow, parts: number): TimeWindow[] {
	const count = Math.min(parts, toMs - fromMs);
	const at = (part: number) => fromMs + Math.floor((part * (toMs - fromMs)) / count);
	return Array.from({ length: count }, (_, part) => ({ fromMs: at(part), toMs: at(part + 1) }));
}

/** By what factor so many parts have to grow, the first as long as a slice, to make so many slices. */
function factorOf(slices: number, count: number): number {
	let [least, most] = [1, Math.max(1, slices)];
	for (let step = 0; step < FACTOR_STEPS; step++) {
		const middle = (least + most) / 2;
		if (sumOf(middle, count) < slices) least = middle;
		else most = middle;
	}
	return least;
}

/** Enough for a factor that is right to a millionth, whatever the number of slices. */
const FACTOR_STEPS = 60;

/** The length of some parts, the first of which has the length 1. */
function sumOf(factor: number, parts: number): number {
	return factor - 1 < 1e-9 ? parts : (factor ** parts - 1) / (factor - 1);
}
