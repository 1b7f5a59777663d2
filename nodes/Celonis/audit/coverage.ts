import type { TimeWindow } from './window';

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

/**
 * At which ages a busy log is read again, as shares of the lookback. By the first one nearly all
 * has shown up that shows up late; the last one is what the promise needs.
 */
const AGES = [1, 0.2];

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
 * What has to be read again at a moment, oldest first: what has come to one of the ages since it
 * was read. So each event is fetched once when it is new and once for each age, however often the
 * log is polled.
 */
export function dueParts(
	stretches: readonly Stretch[],
	nowMs: number,
	lookbackMs: number,
): TimeWindow[] {
	const grainMs = grainOf(lookbackMs);
	const parts: TimeWindow[] = [];
	for (const { fromMs, toMs, readMs } of stretches) {
		for (const ageMs of AGES.map((share) => share * lookbackMs)) {
			const agedMs = Math.floor((nowMs - ageMs) / grainMs) * grainMs;
			const part = {
				fromMs: Math.max(
					fromMs,
					Math.ceil(readMs - ageMs),
					parts[parts.length - 1]?.toMs ?? fromMs,
				),
				toMs: Math.min(toMs, agedMs),
			};
			if (isSomething(part)) parts.push(part);
		}
	}
	return joinWindows(parts);
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

/** Stretches that were read at the same time as one; very short ones as if read when the first was. */
function join(stretches: readonly Stretch[], grainMs: number): Stretch[] {
	const joined: Stretch[] = [];
	for (const stretch of stretches) {
		const last = joined[joined.length - 1];
		const isShort = last !== undefined && stretch.toMs - last.fromMs <= grainMs;
		if (last && (isShort || last.readMs === stretch.readMs)) {
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

function clip(stretch: Stretch, fromMs: number, toMs: number): Stretch {
	const part = { fromMs: Math.max(fromMs, stretch.fromMs), toMs: Math.min(toMs, stretch.toMs) };
	const share = (part.toMs - part.fromMs) / (stretch.toMs - stretch.fromMs);
	return share === 1 ? stretch : { ...stretch, ...part, count: Math.ceil(stretch.count * share) };
}

const isSomething = ({ fromMs, toMs }: TimeWindow) => fromMs < toMs;

const grainOf = (lookbackMs: number) => Math.max(1, Math.floor(lookbackMs * GRAIN));
