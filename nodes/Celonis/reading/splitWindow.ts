import type { LogRecord } from '../records/record';
import type { TimeWindow } from '../records/timeWindow';
import type { LogPage } from './paginator';

/** What the first page of a window says about all of it. */
export interface FirstPageStats {
	/** How many records it has, those outside of the window included. */
	readonly records: number;
	/** How many records the window has, if the API counts them. */
	readonly total?: number;
	/** Timestamps of its records in the window, epoch milliseconds. */
	readonly times: readonly number[];
}

/** Into how many parts a window is split. */
export interface SplitLimits {
	readonly max: number;
	/** If the number of pages can't be estimated. */
	readonly whenUnknown: number;
	/** How many pages a part should have. */
	readonly targetPages: number;
}

/** Describes a page; `records` are those of its records that lie in the window. */
export function describeFirstPage(
	page: Pick<LogPage, 'records' | 'total'>,
	records: ReadonlyArray<Pick<LogRecord, 'timestampMs' | 'problem'>>,
): FirstPageStats {
	return {
		records: page.records.length,
		total: page.total,
		times: records.filter(({ problem }) => !problem).map(({ timestampMs }) => timestampMs),
	};
}

/**
 * Estimates how many pages a window has: by the API's count, else by how often the time span of the
 * page fits into the window. A page that spans most of the window allows no estimate: the server may
 * have no order.
 */
export function estimatePages(
	{ fromMs, toMs }: TimeWindow,
	{ records, total, times }: FirstPageStats,
): number | undefined {
	if (total !== undefined) return total / Math.max(1, records);
	if (times.length === 0) return undefined;
	const pages = (toMs - fromMs) / getTimeSpanMs(times);
	return pages < 2 ? undefined : pages;
}

/** How many milliseconds some timestamps span; 1 if there are none. */
export function getTimeSpanMs(times: readonly number[]): number {
	return times.length === 0 ? 1 : getMax(times) - getMin(times) + 1;
}

/** Whether the first page shows the end of the window rather than its beginning. */
export function isNewestPage({ fromMs, toMs }: TimeWindow, { times }: FirstPageStats): boolean {
	return toMs - getMax(times) <= getMin(times) - fromMs;
}

/**
 * Splits a window of two milliseconds or more into parts, two at least, to be read in parallel. They
 * have equal lengths unless that makes them too long: then they are short around the first page and
 * ever longer away from it, each by the same factor. A month that is quiet except for its last day
 * takes few parts that way.
 */
export function splitWindow(
	window: TimeWindow,
	stats: FirstPageStats,
	limits: SplitLimits,
): TimeWindow[] {
	const { fromMs, toMs } = window;
	const pages = estimatePages(window, stats);
	if (pages === undefined) return splitEvenly(window, limits.whenUnknown);
	const slices = pages / limits.targetPages;
	const count = choosePartCount(window, pages, limits);
	// A count says nothing about where the records are.
	const isEven = stats.total !== undefined || slices <= count;
	const factor = isEven ? 1 : findGrowthFactor(slices, count);
	const getShare = (part: number) => sumLengths(factor, part) / sumLengths(factor, count);
	const isNewest = isNewestPage(window, stats);
	const getBoundary = (part: number) => {
		const share = isNewest ? 1 - getShare(count - part) : getShare(part);
		const boundaryMs = fromMs + Math.round(share * (toMs - fromMs));
		// However short a part is meant to be, it has a millisecond: each part is shorter than the window.
		return Math.min(Math.max(boundaryMs, fromMs + part), toMs - (count - part));
	};
	return Array.from({ length: count }, (_, part) => ({
		fromMs: getBoundary(part),
		toMs: getBoundary(part + 1),
	}));
}

function choosePartCount(
	{ fromMs, toMs }: TimeWindow,
	pages: number,
	{ max, targetPages }: SplitLimits,
): number {
	const desired = Math.max(2, Math.ceil(pages / targetPages));
	return Math.min(desired, max, toMs - fromMs);
}

/** Splits a window into parts of equal length, at most one for each millisecond. */
export function splitEvenly({ fromMs, toMs }: TimeWindow, parts: number): TimeWindow[] {
	const count = Math.min(parts, toMs - fromMs);
	const getBoundary = (part: number) => fromMs + Math.floor((part * (toMs - fromMs)) / count);
	return Array.from({ length: count }, (_, part) => ({
		fromMs: getBoundary(part),
		toMs: getBoundary(part + 1),
	}));
}

/** The factor by which parts grow, so that the first has the length 1, and all together `slices`. */
function findGrowthFactor(slices: number, count: number): number {
	let [low, high] = [1, Math.max(1, slices)];
	for (let step = 0; step < BISECTION_STEPS; step++) {
		const middle = (low + high) / 2;
		if (sumLengths(middle, count) < slices) low = middle;
		else high = middle;
	}
	return low;
}

/** Enough for a factor that is precise to a millionth, whatever the number of slices. */
const BISECTION_STEPS = 60;

/** The total length of parts, the first of which has the length 1. */
function sumLengths(factor: number, parts: number): number {
	return factor - 1 < 1e-9 ? parts : (factor ** parts - 1) / (factor - 1);
}

const getMax = (values: readonly number[]) =>
	values.reduce((max, value) => Math.max(max, value), -Infinity);

const getMin = (values: readonly number[]) =>
	values.reduce((min, value) => Math.min(min, value), Infinity);
