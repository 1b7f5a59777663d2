import type { IPollFunctions } from 'n8n-workflow';
import type { FetchedEvents } from '../delivery/fetching';
import type { ClockReading } from '../reading/clockReading';
import { formatTimestamp } from '../records/timestamp';

/** Smaller differences are normal. */
const MAX_NORMAL_SKEW_MS = 5 * 60 * 1000;

/**
 * Logs what is wrong with the clocks. `takeTurn` says whether it is time for another warning about
 * clocks that differ: their difference lasts.
 */
export function logClockWarnings(
	{ logger }: IPollFunctions,
	{ clocks, movedBackTo }: FetchedEvents,
	takeTurn: () => boolean,
): void {
	if (movedBackTo !== undefined) {
		logger.warn(
			`Celonis Trigger: Celonis' clock was set back behind the saved position. The position was moved back to ${formatTimestamp(movedBackTo.lowWatermark.ms)}: events since then may be delivered again, with the same 'eventId'.`,
		);
	}
	const problem = clocks && describeClockProblem(clocks);
	if (problem !== undefined && takeTurn()) logger.warn(`Celonis Trigger: ${problem}`);
}

function describeClockProblem({
	serverMs,
	machineMs,
	durationMs,
}: ClockReading): string | undefined {
	if (serverMs === undefined) {
		return "the response from Celonis does not have exactly one valid 'Date' header, so the clock of this machine is used. Check the proxies between n8n and Celonis; if this clock is ahead, late events can be lost.";
	}
	const receivedMs = machineMs + durationMs;
	if (Math.abs(serverMs - receivedMs) <= MAX_NORMAL_SKEW_MS) return undefined;
	return `the clock of Celonis shows ${formatTimestamp(serverMs)}, the clock of this machine ${formatTimestamp(receivedMs)}. Check the clock of this machine. Nothing is lost unless both clocks are ahead.`;
}
