import type { Entry } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import { matchesSettings } from '../plan/settings.mts';
import { parseContent, parseTimestamp } from './content.mts';

/** What the promise depends on, besides what happened in n8n. */
export interface Conditions {
	/** The start date that the user has set; `undefined`: from activation on. */
	readonly startMs?: number;
	/** When and by how much the server's clock was set back. */
	readonly setBack?: { readonly atMs: number; readonly byMs: number };
	/** How far the `Date` header may be behind. */
	readonly dateBehindMs?: number;
	/** Whether every one is: then nothing tells that the server was not set back. */
	readonly isDateAlwaysBehind?: boolean;
	/** Whether a response may have no usable `Date` header. */
	readonly mayLackDate?: boolean;
}

/** Which events of a team must be delivered, and which ones may be. */
export interface Promise {
	readonly isDue: (emission: Emission) => boolean;
	readonly isPossible: (emission: Emission) => boolean;
}

type Start = Extract<Entry, { kind: 'started' }>;

/** How far before the new time of a server that was set back the log may be read again. */
const MAX_REREAD_AFTER_SET_BACK_MS = 86_400_000;

/** Derives the promise for the log of a team. */
export function derivePromise(
	host: string,
	emissions: readonly Emission[],
	entries: readonly Entry[],
	conditions: Conditions,
): Promise {
	const { startMs, setBack } = conditions;
	const settings = entries.filter((entry) => entry.kind === 'settings');
	const starts = entries
		.filter((entry) => entry.kind === 'started')
		.filter(({ team }) => team === host);
	const endMs = entries.find((entry) => entry.kind === 'end')?.atMs ?? Infinity;
	const lookbackMs = Math.min(...settings.map((entry) => entry.settings.lookbackMs));
	const startedMs = Math.max(...starts.map((start) => findDueFromMs(start, entries)));
	const unnoticedUntilMs = setBack ? findUnnoticedUntilMs(host, entries, setBack) : -Infinity;
	const matchesFilters = createFilterCheck(entries);
	const mayPassStart = createStartCheck(starts, emissions, entries, conditions);
	const getHappenedMs = ({ timestampMs, setBackMs = 0 }: Emission) => timestampMs + setBackMs;
	const isMachineSetBack = entries.some(({ kind }) => kind === 'setBack');
	const isReread = ({ timestampMs }: Emission) =>
		isMachineSetBack ||
		(setBack !== undefined &&
			timestampMs >= setBack.atMs - setBack.byMs - MAX_REREAD_AFTER_SET_BACK_MS);
	return {
		isDue: (emission) =>
			(startMs === undefined
				? getHappenedMs(emission) >= startedMs
				: emission.timestampMs >= startMs) &&
			starts.length > 0 &&
			!(emission.setBackMs && getHappenedMs(emission) < unnoticedUntilMs) &&
			emission.visibleFromMs - getHappenedMs(emission) <= lookbackMs &&
			matchesFilters(emission),
		isPossible: (emission) =>
			emission.visibleFromMs <= endMs &&
			(startMs === undefined
				? mayPassStart(emission) || isReread(emission)
				: emission.timestampMs >= startMs),
	};
}

/** How much later than its beginning a poll may see the server's clock. */
const MAX_POLL_MS = 60_000;

/**
 * Until when nobody can notice that the server's clock was set back: the first poll after it comes when
 * that clock has caught up, and in another process, which does not know how much time has passed.
 */
function findUnnoticedUntilMs(
	host: string,
	entries: readonly Entry[],
	{ atMs: setBackAtMs, byMs }: { readonly atMs: number; readonly byMs: number },
): number {
	const caughtUpMs = entries
		.filter((entry) => entry.kind === 'polled')
		.filter(({ team, isSameProcess }) => team === host && !isSameProcess)
		.filter(({ atMs, previousMs = Infinity }) => previousMs < setBackAtMs && atMs >= setBackAtMs)
		.filter(({ atMs, previousMs = 0 }) => atMs + MAX_POLL_MS >= previousMs + byMs)
		.map(({ previousMs = 0 }) => previousMs + byMs + MAX_POLL_MS);
	return Math.max(-Infinity, ...caughtUpMs);
}

/** Whether an event matches all filters since it became visible. */
function createFilterCheck(entries: readonly Entry[]): (emission: Emission) => boolean {
	const settings = entries.filter((entry) => entry.kind === 'settings');
	return ({ json, visibleFromMs }) => {
		if (settings.every((entry) => entry.settings.hidden === undefined)) return true;
		const record = parseContent(json);
		const before = settings.findLastIndex(({ atMs }) => atMs <= visibleFromMs);
		return settings
			.slice(Math.max(0, before))
			.every((entry) => matchesSettings(entry.settings, record));
	};
}

/**
 * Whether an event may be delivered by a trigger that starts from now on. What was visible before the
 * start may not, unless it is stamped later. What becomes visible afterwards may be a little older: a
 * start cannot be later than n8n's clock and the newest event, or than the server's clock.
 */
function createStartCheck(
	starts: readonly Start[],
	emissions: readonly Emission[],
	entries: readonly Entry[],
	conditions: Conditions,
): (emission: Emission) => boolean {
	const { setBack, dateBehindMs = 0, isDateAlwaysBehind, mayLackDate } = conditions;
	const checks = starts.map((start) => {
		const { fromMs, toMs, skewMs, isProvisional } = start;
		const isSetBack = setBack !== undefined && fromMs >= setBack.atMs;
		// The `Date` header has whole seconds, and is that of the response: the request was before.
		const headerMs = Math.floor((isSetBack ? fromMs - setBack.byMs : fromMs) / 1000) * 1000;
		const serverMs = headerMs - (toMs - fromMs);
		const newestMs = findNewestMs(emissions, fromMs);
		const machineMs = fromMs + skewMs;
		const earliestMs = Math.min(serverMs - dateBehindMs, Math.max(machineMs, newestMs));
		// If no clock shows that the newest record is not in the future, it is not believed.
		const doubtfulMs = mayLackDate ? machineMs : earliestMs;
		const isRecordDoubtful =
			isDateAlwaysBehind ||
			(machineMs <= findNewestMs(emissions, toMs) && (mayLackDate || dateBehindMs > 0));
		// A provisional start is known only as the time that has passed until a poll has succeeded.
		const confirmedMs = findConfirmation(start, entries)?.atMs ?? Infinity;
		// A process that crashes before it has saved the corrected start leaves it to the next one.
		const isTimeLost =
			isProvisional &&
			(isClockSetBetween(toMs, confirmedMs, entries) || hasOtherProcess(start, entries));
		const unknownMs = isTimeLost ? Infinity : isProvisional ? confirmedMs - fromMs : 0;
		const isSince = ({ timestampMs }: Emission) =>
			isProvisional && timestampMs >= earliestMs - unknownMs;
		return (emission: Emission) =>
			emission.timestampMs >= serverMs ||
			isSince(emission) ||
			(isRecordDoubtful && emission.timestampMs >= doubtfulMs) ||
			(emission.timestampMs >= earliestMs - 1 && isUnreadable(emission)) ||
			(emission.visibleFromMs >= fromMs && emission.timestampMs >= earliestMs);
	});
	return (emission) => checks.some((mayPass) => mayPass(emission));
}

/**
 * Whether the time of a record is known to the server only: the request for what comes after the newest
 * record includes the millisecond before.
 */
function isUnreadable({ json }: Emission): boolean {
	return Number.isNaN(parseTimestamp(parseContent(json)));
}

/** The timestamp of the newest record that is visible at a moment. */
function findNewestMs(emissions: readonly Emission[], atMs: number): number {
	return emissions
		.filter(({ visibleFromMs }) => visibleFromMs < atMs)
		.reduce((newest, { timestampMs }) => Math.max(newest, timestampMs), -Infinity);
}

/**
 * From when on events are due. If n8n's clock is set and n8n restarts before the first poll succeeds,
 * nothing tells how long ago a provisional start was.
 */
function findDueFromMs(start: Start, entries: readonly Entry[]): number {
	const { toMs, processId, isProvisional } = start;
	if (!isProvisional) return toMs;
	const confirmation = findConfirmation(start, entries);
	const confirmedMs = confirmation?.atMs ?? Infinity;
	const isClockSet = isClockSetBetween(toMs, confirmedMs, entries);
	return isClockSet && confirmation?.processId !== processId ? confirmedMs : toMs;
}

function isClockSetBetween(fromMs: number, toMs: number, entries: readonly Entry[]): boolean {
	return entries.some(
		(entry) => entry.kind === 'clockSet' && entry.atMs >= fromMs && entry.atMs <= toMs,
	);
}

/** Whether a process other than the one that started has polled since then. */
function hasOtherProcess({ team, toMs }: Start, entries: readonly Entry[]): boolean {
	return entries
		.filter((entry) => entry.kind === 'polled')
		.some((entry) => entry.team === team && entry.atMs >= toMs && !entry.isSameProcess);
}

/** The first poll that succeeded after a provisional start. */
function findConfirmation({ team, toMs }: Start, entries: readonly Entry[]) {
	return entries
		.filter((entry) => entry.kind === 'confirmed')
		.find((entry) => entry.team === team && entry.atMs >= toMs);
}
