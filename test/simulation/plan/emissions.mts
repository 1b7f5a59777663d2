import type { Random } from '../../celonis/random.mts';
import type { EventGenerator } from '../../celonis/arrivals.mts';

/** An event of a log: what the API shows of it, and from when on. */
export interface Emission {
	readonly json: string;
	/** Epoch milliseconds, of the record itself. */
	readonly timestampMs: number;
	readonly visibleFromMs: number;
}

/** How long a poll reads, more or less. */
const READING_MS = 8000;

/** What the events of a run are like. */
export interface EmissionRules {
	/** Makes a record of a moment. */
	readonly makeRecord: EventGenerator;
	readonly fromMs: number;
	readonly toMs: number;
	readonly count: number;
	/** When polls are due: around these moments events crowd, and show up. */
	readonly pollsMs: readonly number[];
	/** The longest delay that the promise covers. */
	readonly lookbackMs: number;
	readonly lateShare: number;
	/** Share of the events that show up later than the promise covers. */
	readonly tooLateShare: number;
	readonly sameInstantShare: number;
	readonly twinShare: number;
	/** Whether Celonis sends an id of its own. */
	readonly ownIds: boolean;
}

/** All events of a run, in no particular order. */
export function drawEmissions(rules: EmissionRules, random: Random): Emission[] {
	const { makeRecord } = rules;
	const emissions: Emission[] = [];
	let happenedMs = rules.fromMs;
	while (emissions.length < rules.count) {
		const isApart = emissions.length === 0 || !random.chance(rules.sameInstantShare);
		if (isApart) happenedMs = drawMoment(rules, random);
		const record = {
			...(rules.ownIds ? { id: random.uuid() } : {}),
			...makeRecord(happenedMs),
		};
		const json = JSON.stringify(record);
		const timestampMs = Date.parse(record.timestamp);
		const add = () =>
			emissions.push({
				json,
				timestampMs,
				visibleFromMs: drawSighting(timestampMs, rules, random),
			});
		add();
		while (!rules.ownIds && random.chance(rules.twinShare)) add();
	}
	return emissions;
}

/** Now and then just before or after a poll, or so that it may show up late during one. */
function drawMoment({ fromMs, toMs, pollsMs, lookbackMs }: EmissionRules, random: Random): number {
	const choice = random.fraction();
	if (choice < 0.2) return random.pick(pollsMs) + random.integer(-1500, 1500);
	if (choice < 0.3) return random.pick(pollsMs) + random.integer(0, READING_MS) - lookbackMs;
	return random.integer(fromMs, toMs);
}

/** When an event shows up. Now and then that is while a poll is reading. */
function drawSighting(timestampMs: number, rules: EmissionRules, random: Random): number {
	const { lookbackMs, pollsMs, lateShare } = rules;
	if (random.chance(lateShare)) {
		const nextPollMs = pollsMs.find((ms) => ms >= timestampMs) ?? Infinity;
		const sightingMs = nextPollMs + random.integer(0, READING_MS);
		if (sightingMs <= timestampMs + lookbackMs) return sightingMs;
	}
	return timestampMs + drawDelay(rules, random);
}

/** Negative where the service that wrote the record has a clock that is ahead. */
function drawDelay(rules: EmissionRules, random: Random): number {
	const { lookbackMs, lateShare, tooLateShare } = rules;
	if (random.chance(tooLateShare)) return lookbackMs + random.integer(1, 2 * lookbackMs);
	if (!random.chance(lateShare)) {
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
