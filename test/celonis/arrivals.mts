import type { Arrival, GrowthSource } from './log.mts';
import { seededRandom } from './random.mts';
import { createRecordGenerator } from './records.mts';

/** Creates the record of an event at a time in epoch milliseconds. */
export type EventGenerator = (timestampMs: number) => { timestamp: string };

/** The same, if something happens at that time. */
export type OccasionalEventGenerator = (
	...args: Parameters<EventGenerator>
) => ReturnType<EventGenerator> | undefined;

/** How a log grows. */
export interface Growth {
	eventsPerMinute: number;
	/** Share of the events that become visible after their timestamp. */
	lateShare?: number;
	/** How late at most. A timestamp without milliseconds may add up to a second. */
	maxLatenessMs?: number;
	/** Share of the events that happen in the same millisecond as the one before. */
	sameInstantShare?: number;
	/** Share of the records that occur twice, byte for byte. */
	duplicateShare?: number;
}

/**
 * Events at seeded random times from `startMs` on, created lazily: the same ones in whatever steps
 * time passes. Give logs of one team the same `makeRecord`.
 */
export function createGrowthSource(
	growth: Growth,
	seed: number,
	startMs: number,
	makeRecord: OccasionalEventGenerator = createRecordGenerator(seed),
): GrowthSource {
	const { eventsPerMinute, lateShare = 0, maxLatenessMs = 0 } = growth;
	const { sameInstantShare = 0.03, duplicateShare = 0.01 } = growth;
	const random = seededRandom(seed);
	const pause = () => (-Math.log(1 - random.fraction()) * 60_000) / eventsPerMinute;
	let next = eventsPerMinute > 0 ? startMs + pause() : Infinity;

	return (untilMs) => {
		const due: Arrival[] = [];
		while (next <= untilMs) {
			const occurred = Math.floor(next);
			const lateness = random.chance(lateShare) ? random.integer(0, maxLatenessMs) : 0;
			const record = makeRecord(occurred);
			if (record) {
				const arrival = {
					json: JSON.stringify(record),
					timestamp: Date.parse(record.timestamp),
					visibleFrom: occurred + lateness,
				};
				due.push(arrival);
				if (random.chance(duplicateShare)) due.push(arrival);
			}
			if (!random.chance(sameInstantShare)) next += pause();
		}
		return due;
	};
}

/** About `events` events, spread over the days before `endMs`. */
export function createBacklog(
	events: number,
	days: number,
	endMs: number,
	seed: number,
	makeRecord?: EventGenerator,
): Arrival[] {
	const minutes = days * 24 * 60;
	const growth = { eventsPerMinute: events / minutes };
	return createGrowthSource(growth, seed, endMs - minutes * 60_000, makeRecord)(endMs);
}
