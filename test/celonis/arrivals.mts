import type { Arrival, GrowthSource } from './log.mts';
import { seededRandom } from './random.mts';
import { recordGenerator } from './records.mts';

/** Makes the record of an event at a time, epoch milliseconds. */
export type EventGenerator = (timestampMs: number) => { timestamp: string };

/** How a log grows. */
export interface Growth {
	eventsPerMinute: number;
	/** Share of the events that become visible after their timestamp. */
	lateShare?: number;
	/** How late at most. A timestamp without milliseconds may add up to a second. */
	maxLatenessMs?: number;
	/** Share of the events that happen in the same millisecond as the one before. */
	sameInstantShare?: number;
	/** Share of the records that come a second time, byte for byte. */
	twinShare?: number;
}

/**
 * Events at seeded random times from `startMs` on, made lazily: as many as time has passed, however
 * often and in whatever steps it is asked. Give logs of one team the same `makeRecord`.
 */
export function arrivals(
	growth: Growth,
	seed: number,
	startMs: number,
	makeRecord: EventGenerator = recordGenerator(seed),
): GrowthSource {
	const { eventsPerMinute, lateShare = 0, maxLatenessMs = 0 } = growth;
	const { sameInstantShare = 0.03, twinShare = 0.01 } = growth;
	const random = seededRandom(seed);
	const pause = () => (-Math.log(1 - random.fraction()) * 60_000) / eventsPerMinute;
	let next = eventsPerMinute > 0 ? startMs + pause() : Infinity;

	return (untilMs) => {
		const due: Arrival[] = [];
		while (next <= untilMs) {
			const happened = Math.floor(next);
			const lateness = random.chance(lateShare) ? random.integer(0, maxLatenessMs) : 0;
			const record = makeRecord(happened);
			const arrival = {
				json: JSON.stringify(record),
				timestamp: Date.parse(record.timestamp),
				visibleFrom: happened + lateness,
			};
			due.push(arrival);
			if (random.chance(twinShare)) due.push(arrival);
			if (!random.chance(sameInstantShare)) next += pause();
		}
		return due;
	};
}

/** A past of about `events` events, spread over the days before `endMs`. */
export function backlog(
	events: number,
	days: number,
	endMs: number,
	seed: number,
	makeRecord?: EventGenerator,
): Arrival[] {
	const minutes = days * 24 * 60;
	const growth = { eventsPerMinute: events / minutes };
	return arrivals(growth, seed, endMs - minutes * 60_000, makeRecord)(endMs);
}
