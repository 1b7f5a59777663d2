import type { TimeWindow } from '../records/timeWindow';

/**
 * A window of the log that was read to its end. Intervals follow each other without gaps, and may
 * have been read at different times.
 */
export interface ReadInterval extends TimeWindow {
	/** The server's time of the last read, epoch milliseconds: events visible before it are delivered. */
	readonly readAtMs: number;
	/** About how many records it held. */
	readonly count: number;
}

/** The age at which a busy log gets its early read, as a share of the lookback. */
const EARLY_READ_AGE = 0.2;

/** A busy log is read again in windows of this share of the lookback, or larger ones. */
const GRANULARITY = 0.05;

/** Adds a read interval, which must not start after the end of the others. */
export function addInterval(
	intervals: readonly ReadInterval[],
	added: ReadInterval,
	lookbackMs: number,
): ReadInterval[] {
	const before = intervals.map((interval) => clip(interval, -Infinity, added.fromMs));
	const after = intervals.map((interval) => clip(interval, added.toMs, Infinity));
	return mergeIntervals(
		[...before, added, ...after].filter(isNonEmpty),
		getGranularityMs(lookbackMs),
	);
}

/** The intervals after a moment; one that contains it is clipped. */
export function intervalsFrom(intervals: readonly ReadInterval[], fromMs: number): ReadInterval[] {
	return intervals.map((interval) => clip(interval, fromMs, Infinity)).filter(isNonEmpty);
}

/**
 * The moment, in epoch milliseconds, before which the log is settled: it was read after its lookback
 * had passed, so nothing that has to be delivered can appear there any more.
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
 * Windows whose lookback has passed since their last read. They are read a last time: events that
 * appear there later are too late. Oldest first.
 */
export function intervalsDueForFinalRead(
	intervals: readonly ReadInterval[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	return findAgedWindows(intervals, lookbackMs, nowMs - lookbackMs, lookbackMs);
}

/**
 * Windows to read again early, so that most late events are delivered before their lookback has
 * passed. None of them is due for its final read. Oldest first.
 */
export function intervalsDueForEarlyRead(
	intervals: readonly ReadInterval[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const ageMs = EARLY_READ_AGE * lookbackMs;
	const finalReadUntilMs = roundDown(nowMs - lookbackMs, lookbackMs);
	const younger = intervalsFrom(intervals, finalReadUntilMs);
	return findAgedWindows(younger, ageMs, nowMs - ageMs, lookbackMs);
}

/** Windows before a moment that were younger than an age at their last read. */
function findAgedWindows(
	intervals: readonly ReadInterval[],
	ageMs: number,
	beforeMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const endMs = roundDown(beforeMs, lookbackMs);
	const windows = intervals.map(({ fromMs, toMs, readAtMs }) => ({
		fromMs: Math.max(fromMs, Math.ceil(readAtMs - ageMs)),
		toMs: Math.min(toMs, endMs),
	}));
	return mergeWindows(windows.filter(isNonEmpty));
}

/** Merges windows that touch each other. They must be in order. */
export function mergeWindows(windows: readonly TimeWindow[]): TimeWindow[] {
	const merged: TimeWindow[] = [];
	for (const window of windows) {
		const last = merged[merged.length - 1];
		if (last?.toMs === window.fromMs) {
			merged[merged.length - 1] = { fromMs: last.fromMs, toMs: window.toMs };
		} else merged.push(window);
	}
	return merged;
}

/**
 * Merges intervals that were read at the same time, and very short ones that were read shortly after
 * each other: the merged interval has the earlier time.
 */
function mergeIntervals(intervals: readonly ReadInterval[], granularityMs: number): ReadInterval[] {
	const merged: ReadInterval[] = [];
	for (const interval of intervals) {
		const last = merged[merged.length - 1];
		if (last && canMerge(last, interval, granularityMs)) {
			merged[merged.length - 1] = {
				fromMs: last.fromMs,
				toMs: interval.toMs,
				readAtMs: Math.min(last.readAtMs, interval.readAtMs),
				count: last.count + interval.count,
			};
		} else merged.push(interval);
	}
	return merged;
}

/** A merge must not discard a repeated read because of a neighbour that was read long before it. */
function canMerge(a: ReadInterval, b: ReadInterval, granularityMs: number): boolean {
	const isShort = b.toMs - a.fromMs <= granularityMs;
	const apartMs = Math.abs(a.readAtMs - b.readAtMs);
	return apartMs === 0 || (isShort && apartMs <= granularityMs);
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

/** A moment, rounded down to the granularity of repeated reads. */
function roundDown(ms: number, lookbackMs: number): number {
	const granularityMs = getGranularityMs(lookbackMs);
	return Math.floor(ms / granularityMs) * granularityMs;
}
