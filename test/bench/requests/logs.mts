import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../support/durations.mts';

/** The end of all windows. */
export const END_MS = Date.parse('2026-06-01T08:00:00Z');

export const WINDOW = { fromMs: END_MS - 30 * DAY_MS, toMs: END_MS };

/** Fixed figures that look random, from 0 to 1: xorshift32. */
function createRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
}

type Draw = (random: () => number) => number;

const drawBetween = (random: () => number, fromMs: number, toMs: number) =>
	Math.floor(fromMs + random() * (toMs - fromMs));

const anywhere: Draw = (random) => drawBetween(random, WINDOW.fromMs, WINDOW.toMs);

/** Most events in one day, which begins so long before the end of the month. */
const drawDenseDay =
	(beforeMs: number): Draw =>
	(random) => {
		const fromMs = END_MS - beforeMs;
		return random() < 0.95 ? drawBetween(random, fromMs, fromMs + DAY_MS) : anywhere(random);
	};

/** Half of the events within twenty single minutes. */
const drawBursts: Draw = (random) => {
	if (random() < 0.5) return anywhere(random);
	const burst = Math.floor(random() * 20);
	const fromMs = WINDOW.fromMs + ((burst * 0.618) % 1) * (30 * DAY_MS - MINUTE_MS);
	return drawBetween(random, fromMs, fromMs + MINUTE_MS);
};

/** Ninety-five of a hundred events on weekdays from 8 to 17. */
const drawWorkingHours: Draw = (random) => {
	if (random() < 0.05) return anywhere(random);
	for (;;) {
		const ms = anywhere(random);
		const date = new Date(ms);
		const isWorkday = date.getUTCDay() % 6 !== 0;
		const hour = (ms % DAY_MS) / HOUR_MS;
		if (isWorkday && hour >= 8 && hour < 17) return ms;
	}
};

/** Eighty of a hundred events in one hour of each night. */
const drawNightlyJobs: Draw = (random) => {
	if (random() < 0.2) return anywhere(random);
	const day = WINDOW.fromMs + Math.floor(random() * 30) * DAY_MS;
	return drawBetween(random, day + 18 * HOUR_MS, day + 19 * HOUR_MS);
};

const DRAWS = {
	even: anywhere,
	'dense day, in the middle': drawDenseDay(13 * DAY_MS),
	'dense day, the last': drawDenseDay(DAY_MS),
	'dense day, the first': drawDenseDay(30 * DAY_MS),
	bursts: drawBursts,
	'working hours': drawWorkingHours,
	'nightly jobs': drawNightlyJobs,
} satisfies Record<string, Draw>;

/** How events are spread over the month. */
export type Spread = keyof typeof DRAWS;

export const SPREADS = Object.keys(DRAWS) as Spread[];

/** The times of a log, in no order. The same arguments give the same times. */
export function createTimes(spread: Spread, count: number): number[] {
	const random = createRandom(2_463_534_242);
	return Array.from({ length: count }, () => DRAWS[spread](random));
}
