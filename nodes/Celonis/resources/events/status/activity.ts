import type { EventLog } from '../../../reading/eventLog';
import { fetchCount, fetchSample, type Sample } from './sample';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How many pages of the last day are read. */
const MAX_PAGES = 2;

/** How far back to look for the newest event if the last hour has none. */
const QUIET_HOURS = 6;

/** How far a clock may be off before the last day is read again by the server's clock. */
const MAX_CLOCK_DIFFERENCE_MS = 5 * MINUTE_MS;

/** A number of events. */
export interface EventCount {
	readonly events: number;
	/** Whether there are more: the number is that of the events that were read. */
	readonly isCapped: boolean;
}

/** How the activity of a log is read. */
export interface ActivityOptions {
	/** Whether the pages of the log have a count. */
	readonly hasCount: boolean;
	/** The server's time, as far as it is known, in epoch milliseconds. */
	getNow(): number;
	/** Whether a further request may be sent. */
	canContinue(): boolean;
}

/** What happened in a log lately. It is filled step by step: after an error, the rest is missing. */
export class Activity {
	/** Epoch milliseconds of the newest event; missing if there is none, or if it is not known. */
	newestMs?: number;
	lastHour?: EventCount;
	lastDay?: EventCount;
	/** Whether all of the log was read, and has no event. */
	isLogEmpty = false;

	constructor(
		private readonly log: EventLog,
		private readonly options: ActivityOptions,
	) {}

	/** Reads the activity with as few requests as possible. Throws a `CelonisError`. */
	async read(): Promise<void> {
		const assumedNowMs = this.options.getNow();
		let day = await this.#sample(assumedNowMs - DAY_MS, MAX_PAGES);
		const nowMs = this.options.getNow();
		const isMisdated = Math.abs(nowMs - assumedNowMs) > MAX_CLOCK_DIFFERENCE_MS;
		if (isMisdated && this.options.canContinue()) {
			day = await this.#sample(nowMs - DAY_MS, MAX_PAGES);
		}
		const hourMs = nowMs - HOUR_MS;
		if (day.hasNewest) this.#addNewest(day);
		this.lastDay = { events: day.minCount, isCapped: !day.isComplete };
		const isHourRead = day.isComplete || (day.hasNewest && day.times.some((ms) => ms < hourMs));
		this.lastHour = { events: countSince(day.times, hourMs), isCapped: !isHourRead };
		if (day.isComplete && day.times.length === 0) await this.#findOlder(nowMs);
		if (day.isComplete) return;
		if (!day.hasNewest) await this.#readLastHour(nowMs);
		if (this.options.hasCount) await this.#count(nowMs);
	}

	/**
	 * The server does not list the newest events first: looks at the last hour, and then at the last
	 * minute or hours, by how much there is. A newest event that is only likely stays unknown.
	 */
	async #readLastHour(nowMs: number): Promise<void> {
		if (!this.options.canContinue()) return;
		const hour = await this.#sample(nowMs - HOUR_MS, 1);
		this.lastHour = { events: hour.minCount, isCapped: !hour.isComplete };
		if (hour.hasNewest) this.#addNewest(hour);
		if (this.newestMs !== undefined || !this.options.canContinue()) return;
		const nextMs = hour.isComplete ? QUIET_HOURS * HOUR_MS : MINUTE_MS;
		const next = await this.#sample(nowMs - nextMs, 1);
		// Within a minute, any event is new enough.
		if (next.hasNewest || !hour.isComplete) this.#addNewest(next);
	}

	/** Replaces numbers that are capped by those of the API. */
	async #count(nowMs: number): Promise<void> {
		this.lastDay = await this.#countSince(nowMs - DAY_MS, this.lastDay);
		this.lastHour = await this.#countSince(nowMs - HOUR_MS, this.lastHour);
	}

	async #countSince(fromMs: number, read: EventCount | undefined) {
		if (!read?.isCapped || !this.options.canContinue()) return read;
		const events = (await fetchCount(this.log, fromMs)) ?? 0;
		return events < read.events ? read : { events, isCapped: false };
	}

	/** Nothing happened in the last day: looks for the newest event before. */
	async #findOlder(nowMs: number): Promise<void> {
		if (!this.options.canContinue()) return;
		const all = await this.#sample(undefined, 1);
		this.isLogEmpty = all.isComplete && all.times.length === 0;
		if (all.hasNewest) this.#addNewest(all);
		if (all.hasNewest || !this.options.canContinue()) return;
		const month = await this.#sample(nowMs - 30 * DAY_MS, 1);
		if (month.hasNewest) this.#addNewest(month);
	}

	async #sample(fromMs: number | undefined, maxPages: number): Promise<Sample> {
		const { canContinue, hasCount } = this.options;
		return await fetchSample(this.log, { fromMs, maxPages: hasCount ? 1 : maxPages, canContinue });
	}

	#addNewest({ times }: Sample): void {
		this.newestMs = times.reduce<number | undefined>(
			(newest, ms) => Math.max(ms, newest ?? ms),
			this.newestMs,
		);
	}
}

function countSince(times: readonly number[], fromMs: number): number {
	return times.reduce((count, ms) => (ms >= fromMs ? count + 1 : count), 0);
}
