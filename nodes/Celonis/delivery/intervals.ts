import type { TimeWindow } from '../records/timeWindow';

/**
 * A interval of the log's time that was read to its end. Stretches follow each other without gaps,
 * and may have been read at different times.
 */
export interface ReadInterval extends TimeWindow {
	/** The server's time, epoch milliseconds: what the interval showed before it has been delivered. */
	readonly readAtMs: number;
	/** About how many records it held. */
	readonly count: number;
}

/** The age at which a busy log is read once more before its lookback has passed, as a share of it. */
const EARLY_AGE = 0.2;

/** A busy log is read again in parts of this share of the lookback, or larger ones. */
const GRANULARITY = 0.05;

/** The intervals after one more reading, which begins no later than where they end. */
export function addInterval(
	intervals: readonly ReadInterval[],
	reading: ReadInterval,
	lookbackMs: number,
): ReadInterval[] {
	const before = intervals.map((interval) => clip(interval, -Infinity, reading.fromMs));
	const after = intervals.map((interval) => clip(interval, reading.toMs, Infinity));
	return mergeIntervals(
		[...before, reading, ...after].filter(isNonEmpty),
		getGranularityMs(lookbackMs),
	);
}

/** What is left of the intervals from a moment on. */
export function intervalsFrom(intervals: readonly ReadInterval[], fromMs: number): ReadInterval[] {
	return intervals.map((interval) => clip(interval, fromMs, Infinity)).filter(isNonEmpty);
}

/**
 * Up to when, in epoch milliseconds, nothing can show up any more that is to be delivered: that was
 * read when its lookback had passed.
 */
export function settledUntil(intervals: readonly ReadInterval[], lookbackMs: number): number {
	let settledMs = -Infinity;
	for (const { toMs, readAtMs } of intervals) {
		settledMs = Math.max(settledMs, Math.min(toMs, readAtMs - lookbackMs));
		if (settledMs < toMs) break;
	}
	return settledMs;
}

/**
 * What has to be read once more at a moment, because its lookback has passed since it was read: what
 * comes after it is late. Oldest first.
 */
export function intervalsDueForFinalRead(
	intervals: readonly ReadInterval[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	return findAgedWindows(intervals, lookbackMs, nowMs - lookbackMs, lookbackMs);
}

/**
 * What may be read once more at a moment, so that most of what shows up late comes before its
 * lookback has passed. Nothing that is overdue; oldest first.
 */
export function intervalsDueForEarlyRead(
	intervals: readonly ReadInterval[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const ageMs = EARLY_AGE * lookbackMs;
	const overdueMs = roundDown(nowMs - lookbackMs, lookbackMs);
	const younger = intervalsFrom(intervals, overdueMs);
	return findAgedWindows(younger, ageMs, nowMs - ageMs, lookbackMs);
}

/** What happened before a moment, and was younger than that age when it was read last. */
function findAgedWindows(
	intervals: readonly ReadInterval[],
	ageMs: number,
	beforeMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const endMs = roundDown(beforeMs, lookbackMs);
	const parts = intervals.map(({ fromMs, toMs, readAtMs }) => ({
		fromMs: Math.max(fromMs, Math.ceil(readAtMs - ageMs)),
		toMs: Math.min(toMs, endMs),
	}));
	return mergeWindows(parts.filter(isNonEmpty));
}

/** Windows in order, those that touch each other as one. */
export function mergeWindows(windows: readonly TimeWindow[]): TimeWindow[] {
	const joined: TimeWindow[] = [];
	for (const window of windows) {
		const last = joined[joined.length - 1];
		if (last?.toMs === window.fromMs) {
			joined[joined.length - 1] = { fromMs: last.fromMs, toMs: window.toMs };
		} else joined.push(window);
	}
	return joined;
}

/**
 * Stretches that were read at the same time as one; so are very short ones that were read shortly
 * after each other, as if all of it was read at the earlier time.
 */
function mergeIntervals(intervals: readonly ReadInterval[], grainMs: number): ReadInterval[] {
	const joined: ReadInterval[] = [];
	for (const interval of intervals) {
		const last = joined[joined.length - 1];
		if (last && canMerge(last, interval, grainMs)) {
			joined[joined.length - 1] = {
				fromMs: last.fromMs,
				toMs: interval.toMs,
				readAtMs: Math.min(last.readAtMs, interval.readAtMs),
				count: last.count + interval.count,
			};
		} else joined.push(interval);
	}
	return joined;
}

/** A reading once more must not be forgotten for a neighbour that was read long before it. */
function canMerge(a: ReadInterval, b: ReadInterval, grainMs: number): boolean {
	const isShort = b.toMs - a.fromMs <= grainMs;
	const apartMs = Math.abs(a.readAtMs - b.readAtMs);
	return apartMs === 0 || (isShort && apartMs <= grainMs);
}

function clip(interval: ReadInterval, fromMs: number, toMs: number): ReadInterval {
	const part = { fromMs: Math.max(fromMs, interval.fromMs), toMs: Math.min(toMs, interval.toMs) };
	const share = (part.toMs - part.fromMs) / (interval.toMs - interval.fromMs);
	return share === 1
		? interval
		: { ...interval, ...part, count: Math.ceil(interval.count * share) };
}

const isNonEmpty = ({ fromMs, toMs }: TimeWindow) => fromMs < toMs;

const getGranularityMs = (lookbackMs: number) => Math.max(1, Math.floor(lookbackMs * GRANULARITY));

/** The whole grains before a moment. */
function roundDown(ms: number, lookbackMs: number): number {
	const grainMs = getGranularityMs(lookbackMs);
	return Math.floor(ms / grainMs) * grainMs;
}
