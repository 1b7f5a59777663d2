import { getLatestServerTime, type ClockReading } from '../reading/clockReading';
import type { LogRecord } from '../records/record';

/** The newest record that is not in the future of the server's clock: that clock overrules a record. */
export class NewestRecord {
	readonly #latestMs: number;
	#timestampMs: number | undefined;

	/** Starts with the newest record that earlier polls have read, in epoch milliseconds. */
	constructor(knownMs: number | undefined, clocks: ClockReading) {
		this.#timestampMs = knownMs;
		this.#latestMs = getLatestServerTime(clocks) ?? clocks.machineMs;
	}

	/** Its timestamp in epoch milliseconds; `undefined` if no record was read. */
	get timestampMs(): number | undefined {
		return this.#timestampMs;
	}

	observe(records: ReadonlyArray<Pick<LogRecord, 'timestampMs' | 'problem'>>): void {
		for (const { timestampMs, problem } of records) {
			if (problem) continue;
			const isNewer = timestampMs > (this.#timestampMs ?? -Infinity);
			if (isNewer && timestampMs <= this.#latestMs) this.#timestampMs = timestampMs;
		}
	}
}
