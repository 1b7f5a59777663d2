import { DateTime } from 'luxon';

/** Which of two readings of a local time is meant: the first, or the second. */
export type Reading = 'first' | 'second';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Epoch milliseconds of a local time, given as the epoch milliseconds at which UTC shows it. In the
 * hour that a clock change repeats, the reading decides. A time that a clock change leaves out is the
 * moment of the change.
 */
export function resolveLocalTime(localMs: number, timezone: string, reading: Reading): number {
	const readings = [localMs - DAY_MS, localMs + DAY_MS]
		.map((nearMs) => localMs - getOffsetMs(nearMs, timezone))
		.sort((a, b) => a - b);
	const existing = readings.filter((ms) => ms + getOffsetMs(ms, timezone) === localMs);
	const [first = NaN, second = first] = readings;
	if (existing.length === 0) return findClockChange(first, second, timezone);
	return (reading === 'first' ? existing[0] : existing.at(-1)) ?? first;
}

/** The local time at a moment, as the epoch milliseconds at which UTC shows it. */
export function toLocalTime(epochMs: number, timezone: string): number {
	return epochMs + getOffsetMs(epochMs, timezone);
}

function getOffsetMs(epochMs: number, timezone: string): number {
	return DateTime.fromMillis(epochMs, { zone: timezone }).offset * 60_000;
}

/** The first millisecond of the offset at the end of a span. */
function findClockChange(startMs: number, endMs: number, timezone: string): number {
	const offsetMs = getOffsetMs(endMs, timezone);
	let [beforeMs, afterMs] = [startMs, endMs];
	while (afterMs - beforeMs > 1) {
		const middleMs = Math.floor((beforeMs + afterMs) / 2);
		if (getOffsetMs(middleMs, timezone) === offsetMs) afterMs = middleMs;
		else beforeMs = middleMs;
	}
	return afterMs;
}
