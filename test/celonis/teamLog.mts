import type { Growth } from './arrivals.mts';
import { arrivals, backlog } from './arrivals.mts';
import { AuditLog } from './log.mts';
import { publishedSamples, recordGenerator } from './records.mts';

export interface TeamLogOptions {
	/** By default a log that holds the published sample record. */
	log?: AuditLog;
	/** Adds about this many events, spread over the days before now. */
	backlog?: { events: number; days: number };
	/** Lets the log grow from now on. */
	growth?: Growth;
}

/** The log that a simulated team starts with: one set of people in its past and its future. */
export function teamLog(options: TeamLogOptions, seed: number, now: number): AuditLog {
	const log = options.log ?? new AuditLog(seed);
	if (!options.log) for (const sample of publishedSamples) log.append(sample);

	const makeRecord = recordGenerator(seed);
	if (options.backlog) {
		const { events, days } = options.backlog;
		for (const { json, visibleFrom } of backlog(events, days, now, seed, makeRecord)) {
			log.append(json, { visibleFrom });
		}
	}
	if (options.growth) log.growing(arrivals(options.growth, seed + 1, now, makeRecord));
	return log;
}
