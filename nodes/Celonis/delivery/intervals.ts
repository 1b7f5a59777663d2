import type { TimeWindow } from '../records/timeWindow';

/**
 * A stretch of the log's time that was read to its end. Stretches follow each other without gaps,
 * and may have been read at different times.
 */
export interface Stretch extends TimeWindow {
	/** The server's time, epoch milliseconds: what the stretch showed before it has been delivered. */
	readonly readMs: number;
	/** About how many records it held. */
	readonly count: number;
}

/** The age at which a busy log is read once more before its lookback has passed, as a share of it. */
const EARLY_AGE = 0.2;

/** A busy log is read again in parts of this share of the lookback, or larger ones. */
const GRAIN = 0.05;

/** The stretches after one more reading, which begins no later than where they end. */
export function cover(
	stretches: readonly Stretch[],
	reading: Stretch,
	lookbackMs: number,
): Stretch[] {
	const before = stretches.map((stretch) => clip(stretch, -Infinity, reading.fromMs));
	const after = stretches.map((stretch) => clip(stretch, reading.toMs, Infinity));
	return join([...before, reading, ...after].filter(isSomething), grainOf(lookbackMs));
}

/** What is left of the stretches from a moment on. */
export function coveredFrom(stretches: readonly Stretch[], fromMs: number): Stretch[] {
	return stretches.map((stretch) => clip(stretch, fromMs, Infinity)).filter(isSomething);
}

/**
 * Up to when, in epoch milliseconds, nothing can show up any more that is to be delivered: that was
 * read when its lookback had passed.
 */
export function settledUpTo(stretches: readonly Stretch[], lookbackMs: number): number {
	let settledMs = -Infinity;
	for (const { toMs, readMs } of stretches) {
		settledMs = Math.max(settledMs, Math.min(toMs, readMs - lookbackMs));
		if (settledMs < toMs) break;
	}
	return settledMs;
}

/**
 * What has to be read once more at a moment, because its lookback has passed since it was read: what
 * comes after it is late. Oldest first.
 */
export function overdueParts(
	stretches: readonly Stretch[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	return agedParts(stretches, lookbackMs, nowMs - lookbackMs, lookbackMs);
}

/**
 * What may be read once more at a moment, so that most of what shows up late comes before its
 * lookback has passed. Nothing that is overdue; oldest first.
 */
export function earlyParts(
	stretches: readonly Stretch[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const ageMs = EARLY_AGE * lookbackMs;
	const overdueMs = toGrain(nowMs - lookbackMs, lookbackMs);
	const younger = coveredFrom(stretches, overdueMs);
	return agedParts(younger, ageMs, nowMs - ageMs, lookbackMs);
}

/** What happened before a moment, and was younger than that age when it was read last. */
function agedParts(
	stretches: readonly Stretch[],
	ageMs: number,
	beforeMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const endMs = toGrain(beforeMs, lookbackMs);
	const parts = stretches.map(({ fromMs, toMs, readMs }) => ({
		fromMs: Math.max(fromMs, Math.ceil(readMs - ageMs)),
		toMs: Math.min(toMs, endMs),
	}));
	return joinWindows(parts.filter(isSomething));
}

/** Windows in order, those that touch each other as one. */
export function joinWindows(windows: readonly TimeWindow[]): TimeWindow[] {
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
function join(stretches: readonly Stretch[], grainMs: number): Stretch[] {
	const joined: Stretch[] = [];
	for (const stretch of stretches) {
		const last = joined[joined.length - 1];
		if (last && belongTogether(last, stretch, grainMs)) {
			joined[joined.length - 1] = {
				fromMs: last.fromMs,
				toMs: stretch.toMs,
				readMs: Math.min(last.readMs, stretch.readMs),
				count: last.count + stretch.count,
			};
		} else joined.push(stretch);
	}
	return joined;
}

/** A reading once more must not be forgotten for a neighbour that was read long before it. */
function belongTogether(a: Stretch, b: Stretch, grainMs: number): boolean {
	const isShort = b.toMs - a.fromMs <= grainMs;
	const apartMs = Math.abs(a.readMs - b.readMs);
	return apartMs === 0 || (isShort && apartMs <= grainMs);
}

function clip(stretch: Stretch, fromMs: number, toMs: number): Stretch {
	const part = { fromMs: Math.max(fromMs, stretch.fromMs), toMs: Math.min(toMs, stretch.toMs) };
	const share = (part.toMs - part.fromMs) / (stretch.toMs - stretch.fromMs);
	return share === 1 ? stretch : { ...stretch, ...part, count: Math.ceil(stretch.count * share) };
}

const isSomething = ({ fromMs, toMs }: TimeWindow) => fromMs < toMs;

const grainOf = (lookbackMs: number) => Math.max(1, Math.floor(lookbackMs * GRAIN));

/** The whole grains before a moment. */
function toGrain(ms: number, lookbackMs: number): number {
	const grainMs = grainOf(lookbackMs);
	return Math.floor(ms / grainMs) * grainMs;
}
