import type { EventGenerator, Growth } from './arrivals.mts';
import { createGrowthSource, createBacklog } from './arrivals.mts';
import type { EventLog } from './log.mts';
import { AuditLog } from './log.mts';
import { publishedSamples, createRecordGenerator } from './records.mts';

/** The initial content of a log, and how it grows. */
export interface LogContent {
	/** Adds about this many events, spread over the days before now. */
	backlog?: { events: number; days: number };
	/** Lets the log grow from now on. */
	growth?: Growth;
}

export interface TeamLogOptions extends LogContent {
	/** By default a log with the published sample record. */
	log?: AuditLog;
}

/** Creates the audit log of a team: the same people act in its past and in its future. */
export function createTeamLog(options: TeamLogOptions, seed: number, now: number): AuditLog {
	const log = options.log ?? new AuditLog(seed);
	if (!options.log) for (const sample of publishedSamples) log.append(sample);
	fillLog(log, options, seed, now, createRecordGenerator(seed));
	return log;
}

/** Fills a log with its past and lets it grow. */
export function fillLog(
	log: EventLog,
	filling: LogContent,
	seed: number,
	now: number,
	makeRecord: EventGenerator,
): void {
	if (filling.backlog) {
		const { events, days } = filling.backlog;
		for (const { json, visibleFrom } of createBacklog(events, days, now, seed, makeRecord)) {
			log.append(json, { visibleFrom });
		}
	}
	if (filling.growth)
		log.addGrowthSource(createGrowthSource(filling.growth, seed + 1, now, makeRecord));
}
