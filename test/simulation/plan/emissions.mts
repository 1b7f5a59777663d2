import type { Random } from '../../celonis/random.mts';
import type { EventGenerator } from '../../celonis/arrivals.mts';

/** An event of a log: its record, and when the API begins to show it. */
export interface Emission {
	readonly json: string;
	/** The time in the record, epoch milliseconds. */
	readonly timestampMs: number;
	readonly visibleFromMs: number;
	/** How far the server's clock had been set back when it stamped the record; 0 by default. */
	readonly setBackMs?: number;
}

/** The approximate duration of a poll. */
const POLL_DURATION_MS = 8000;

/** What decides about the events of a run. */
export interface EmissionRules {
	/** Makes a record with this timestamp. */
	readonly makeRecord: EventGenerator;
	readonly fromMs: number;
	readonly toMs: number;
	readonly count: number;
	/** When polls are due: many events happen, or become visible, around these times. */
	readonly pollsMs: readonly number[];
	/** The maximum delay that the promise covers. */
	readonly lookbackMs: number;
	readonly lateRate: number;
	/** The share of events that become visible too late for the promise. */
	readonly tooLateRate: number;
	readonly sameTimestampRate: number;
	readonly duplicateRate: number;
	/** Whether the records carry an id of their own. */
	readonly hasOwnIds: boolean;
}

/** Draws all events of a run, in no particular order. */
export function drawEmissions(rules: EmissionRules, random: Random): Emission[] {
	const { makeRecord } = rules;
	const emissions: Emission[] = [];
	let eventMs = rules.fromMs;
	while (emissions.length < rules.count) {
		const hasNewTimestamp = emissions.length === 0 || !random.chance(rules.sameTimestampRate);
		if (hasNewTimestamp) eventMs = drawTimestamp(rules, random);
		const record = {
			...(rules.hasOwnIds ? { id: random.uuid() } : {}),
			...makeRecord(eventMs),
		};
		const json = JSON.stringify(record);
		const timestampMs = Date.parse(record.timestamp);
		const add = () =>
			emissions.push({
				json,
				timestampMs,
				visibleFromMs: drawVisibleFrom(timestampMs, rules, random),
			});
		add();
		while (!rules.hasOwnIds && random.chance(rules.duplicateRate)) add();
	}
	return emissions;
}

/** Sometimes just before or after a poll, or one lookback before the middle of a poll. */
function drawTimestamp(
	{ fromMs, toMs, pollsMs, lookbackMs }: EmissionRules,
	random: Random,
): number {
	const choice = random.fraction();
	if (choice < 0.2) return random.pick(pollsMs) + random.integer(-1500, 1500);
	if (choice < 0.3) return random.pick(pollsMs) + random.integer(0, POLL_DURATION_MS) - lookbackMs;
	return random.integer(fromMs, toMs);
}

/** When an event becomes visible: sometimes while a poll is reading. */
function drawVisibleFrom(timestampMs: number, rules: EmissionRules, random: Random): number {
	const { lookbackMs, pollsMs, lateRate } = rules;
	if (random.chance(lateRate)) {
		const nextPollMs = pollsMs.find((ms) => ms >= timestampMs) ?? Infinity;
		const visibleMs = nextPollMs + random.integer(0, POLL_DURATION_MS);
		if (visibleMs <= timestampMs + lookbackMs) return visibleMs;
	}
	return timestampMs + drawDelay(rules, random);
}

/** Negative if the clock of the service that wrote the record is ahead. */
function drawDelay(rules: EmissionRules, random: Random): number {
	const { lookbackMs, lateRate, tooLateRate } = rules;
	if (random.chance(tooLateRate)) return lookbackMs + random.integer(1, 2 * lookbackMs);
	if (!random.chance(lateRate)) {
		return random.chance(0.05) ? -random.integer(0, 5000) : random.integer(0, 20);
	}
	switch (random.integer(0, 3)) {
		case 0:
			return lookbackMs;
		case 1:
			return Math.max(0, lookbackMs - random.integer(0, 2000));
		case 2:
			return Math.min(lookbackMs, random.integer(0, 2000));
		default:
			return random.integer(0, lookbackMs);
	}
}
