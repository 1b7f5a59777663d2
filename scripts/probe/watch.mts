import type { ProbeClient, ProbeClock } from './client.mts';
import type { ExaminedLog } from './examineLog.mts';
import type { ReadRecord } from './logReader.mts';
import { getFactId } from './session.mts';
import { LATENESS } from './words.mts';

const INTERVAL_MS = 60_000;
/** How far back a reading goes at first, and at least: what is later than this is not seen. */
const MAX_DEPTH_MS = 65 * 60_000;
const MIN_DEPTH_MS = 5 * 60_000;
const MAX_PAGES = 5;
/** Page tokens that are tried and access tokens that are renewed, in a minute. */
const MAX_CHECKS = 6;

/** Requests that a watch may send in addition to those of the probe. */
export function countWatchRequests(minutes: number, logs: number): number {
	return (minutes + 1) * (logs * MAX_PAGES + MAX_CHECKS);
}

/** Reads one log again and again, and notes how late its events appear. */
export class LatenessWatch {
	readonly #seen = new Map<string, number>();
	/** The server's time before the last reading, epoch milliseconds. */
	#readUntilMs = -Infinity;
	#events = 0;
	#late = 0;
	#latestMs = 0;
	#depthMs = MAX_DEPTH_MS;

	constructor(private readonly log: ExaminedLog) {}

	/** One reading. */
	async read(clockMs: number): Promise<void> {
		const { examination, size } = this.log;
		const limits = { maxPages: MAX_PAGES };
		const window = { fromMs: clockMs - this.#depthMs };
		const listing = await examination.reader.list(window, size, limits);
		if (!listing.isComplete) {
			// A part of the window shows nothing of the rest: the next one is shorter.
			this.#depthMs = Math.max(MIN_DEPTH_MS, this.#depthMs / 2);
			examination.findings.miss('not clear', ...FACTS.map((name) => getFactId(examination, name)));
			return;
		}
		const nowMs = listing.startedMs ?? clockMs;
		for (const [content, copies] of groupByContent(listing.records)) {
			const known = this.#seen.get(content) ?? 0;
			this.#seen.set(content, Math.max(known, copies.length));
			if (this.#readUntilMs === -Infinity) continue;
			for (const record of copies.slice(known)) this.#note(record, nowMs);
		}
		this.#readUntilMs = nowMs;
		this.#report();
	}

	#note({ ms }: ReadRecord, nowMs: number): void {
		if (ms === undefined) return;
		this.#events++;
		// The last reading covered its time, and did not show it.
		if (ms >= this.#readUntilMs) return;
		this.#late++;
		this.#latestMs = Math.max(this.#latestMs, nowMs - ms);
	}

	#report(): void {
		const { examination } = this.log;
		const { findings } = examination;
		findings.see(getFactId(examination, 'watched'), this.#events);
		findings.see(getFactId(examination, 'late'), this.#late);
		const lateness = getFactId(examination, 'lateness');
		if (this.#events > 0) findings.see(lateness, toBound(this.#latestMs));
		else findings.miss('too few records', lateness);
	}
}

const FACTS = ['lateness', 'late', 'watched'];

/** The next bound of the table; the reading after an event was up to a minute later. */
function toBound(ms: number): string {
	return LATENESS.find((text) => parseInt(text, 10) * 60_000 >= ms) ?? 'more';
}

function groupByContent(records: readonly ReadRecord[]): Map<string, ReadRecord[]> {
	const groups = new Map<string, ReadRecord[]>();
	for (const record of records) {
		const group = groups.get(record.content);
		if (group) group.push(record);
		else groups.set(record.content, [record]);
	}
	return groups;
}

/** Watches some logs for some minutes. `beforeRound` is called with the minutes that have passed. */
export async function watchLogs(
	logs: readonly ExaminedLog[],
	minutes: number,
	{ client, clock, signal }: { client: ProbeClient; clock: ProbeClock; signal: AbortSignal },
	beforeRound: (minute: number) => Promise<void>,
): Promise<void> {
	client.allowMore(countWatchRequests(minutes, logs.length));
	const watches = logs.map((log) => new LatenessWatch(log));
	for (let minute = 0; minute <= minutes && !signal.aborted; minute++) {
		if (minute > 0) await clock.sleep(INTERVAL_MS, signal).catch(() => undefined);
		await beforeRound(minute);
		for (const watch of watches) await watch.read(clock.now());
	}
}
