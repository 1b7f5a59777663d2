import type { EventGenerator, Growth } from './arrivals.mts';
import { arrivals, backlog } from './arrivals.mts';
import type { EventLog } from './log.mts';
import { AuditLog } from './log.mts';
import { publishedSamples, recordGenerator } from './records.mts';

/** How full a log is at the start, and how it goes on. */
export interface Filling {
	/** Adds about this many events, spread over the days before now. */
	backlog?: { events: number; days: number };
	/** Lets the log grow from now on. */
	growth?: Growth;
}

export interface TeamLogOptions extends Filling {
	/** By default a log that holds the published sample record. */
	log?: AuditLog;
}

/** The log that a simulated team starts with: one set of people in its past and its future. */
export function teamLog(options: TeamLogOptions, seed: number, now: number): AuditLog {
	const log = options.log ?? new AuditLog(seed);
	if (!options.log) for (const sample of publishedSamples) log.append(sample);
	fill(log, options, seed, now, recordGenerator(seed));
	return log;
}

/** Gives a log its past and its future. */
export function fill(
	log: EventLog,
	filling: Filling,
	seed: number,
	now: number,
	makeRecord: EventGenerator,
): void {
	if (filling.backlog) {
		const { events, days } = filling.backlog;
		for (const { json, visibleFrom } of backlog(events, days, now, seed, makeRecord)) {
			log.append(json, { visibleFrom });
		}
	}
	if (filling.growth) log.growing(arrivals(filling.growth, seed + 1, now, makeRecord));
}
