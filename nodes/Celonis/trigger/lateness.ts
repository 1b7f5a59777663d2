import type { IPollFunctions } from 'n8n-workflow';
import type { FetchedEvents } from '../delivery/fetching';
import { APIS } from '../errors/apis';
import type { TriggerParameters } from './parameters';

/**
 * Logs that events appear so late that the lookback may soon be too short. `takeTurn` says whether it is
 * time for another warning.
 */
export function logLateness(
	{ logger }: IPollFunctions,
	{ latenessMs }: FetchedEvents,
	{ source, lookbackMs }: TriggerParameters,
	takeTurn: () => boolean,
): void {
	if (latenessMs === undefined || !takeTurn()) return;
	const { entries } = APIS[source.api];
	logger.warn(
		`Celonis Trigger: ${entries} appeared at least ${formatMinutes(latenessMs)} after their timestamp, and the 'Lookback (Minutes)' is ${toMinutes(lookbackMs)}. Raise it under Options: events that appear later than the lookback are not delivered.`,
	);
}

function formatMinutes(ms: number): string {
	const minutes = toMinutes(ms);
	return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;
}

/** Rounded down to tenths: "at least" stays true. */
const toMinutes = (ms: number): number => Math.floor(ms / 6000) / 10;
