import type { OtherTerms } from '../../../errors/apis';
import { formatHint, formatMessage } from '../../../errors/celonisError';
import type { ClockReading } from '../../../reading/clockReading';
import { formatTimestamp } from '../../../records/timestamp';
import type { Status } from './checkStatus';

/** A status as the JSON of an item. It always has these keys; what is not known is null. */
export interface StatusJson {
	/** Whether the log can be read. */
	readonly ok: boolean;
	readonly team: string | null;
	readonly log: string;
	readonly apiVersion: string | null;
	/** ISO 8601. */
	readonly newestEvent: string | null;
	/** Whole minutes, by the server's clock. */
	readonly newestEventAgeMinutes: number | null;
	readonly eventsLastHour: number | null;
	/** Whether there are more events than that. */
	readonly isLastHourCapped: boolean | null;
	readonly eventsLastDay: number | null;
	readonly isLastDayCapped: boolean | null;
	/** ISO 8601, whole seconds. */
	readonly serverTime: string | null;
	/** How far the server's clock is ahead of this machine's; negative if it is behind. */
	readonly clockDifferenceSeconds: number | null;
	readonly rateLimit: {
		readonly limit: number | null;
		readonly remaining: number | null;
		readonly resetSeconds: number | null;
	};
	readonly access: Status['access'];
	readonly error: string | null;
	/** What to do. */
	readonly hint: string | null;
}

/** A status has no window, and sends its requests one after the other. */
const STATUS_TERMS: OtherTerms = {
	parameters: "the credential's team URL",
	rateLimitHint: 'Try again later, and check the status less often.',
	lessHint: 'Try again later',
};

/** Formats a status. The hint is for a log without events. */
export function formatStatus(status: Status, emptyHint?: string): StatusJson {
	const { source, apiVersion, team = null, activity, access, error, meter } = status;
	const { newestMs, lastHour, lastDay } = activity ?? {};
	const { limit = null, remaining = null, resetMs } = meter.rateLimit;
	const { clocks } = meter;
	const hintIfEmpty = (activity?.isLogEmpty && emptyHint) || null;
	return {
		ok: access[source] === 'readable' && error === undefined,
		team,
		log: source,
		apiVersion,
		newestEvent: newestMs === undefined ? null : formatTimestamp(newestMs),
		newestEventAgeMinutes:
			newestMs === undefined ? null : getWholeMinutes(meter.getNow() - newestMs),
		eventsLastHour: lastHour?.events ?? null,
		isLastHourCapped: lastHour?.isCapped ?? null,
		eventsLastDay: lastDay?.events ?? null,
		isLastDayCapped: lastDay?.isCapped ?? null,
		serverTime: clocks?.serverMs === undefined ? null : formatTimestamp(clocks.serverMs),
		clockDifferenceSeconds: clocks ? getDifferenceSeconds(clocks) : null,
		rateLimit: {
			limit,
			remaining,
			resetSeconds: resetMs === undefined ? null : Math.ceil(resetMs / 1000),
		},
		access,
		error: error ? formatMessage(error.details) : null,
		hint: error ? formatHint(error.details, STATUS_TERMS) : hintIfEmpty,
	};
}

/** An event is never from the future: the clocks may differ by less than a minute. */
function getWholeMinutes(ms: number): number {
	return Math.max(0, Math.floor(ms / 60_000));
}

/** How far the server is ahead, at least: its clock has whole seconds, and a response takes time. */
function getDifferenceSeconds({ serverMs, machineMs, durationMs }: ClockReading): number | null {
	if (serverMs === undefined) return null;
	const earliestMs = serverMs - (machineMs + durationMs);
	const latestMs = serverMs + 1000 - machineMs;
	if (earliestMs <= 0 && latestMs >= 0) return 0;
	return Math.round((earliestMs + latestMs) / 2 / 1000);
}
