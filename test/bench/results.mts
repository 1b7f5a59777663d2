import type { Candidate } from './candidates.mts';
import type { Measurement, TriggerFigures } from './job.mts';
import { median } from './statistics.mts';

/** The medians of one contestant's runs in one cell. */
export interface Result extends Measurement {
	readonly contestant: Candidate;
	readonly latencyMs: number;
	/** How many events were asked for. */
	readonly size: number;
	readonly eventsASecond: number;
	readonly cpuMicrosAnEvent: number;
}

/** A contestant that did not get to the end. */
export interface Failure {
	readonly contestant: Candidate;
	readonly latencyMs: number;
	readonly size: number;
	readonly reason: string;
}

/** `JSON.parse` of the pages of a window. */
export interface Parsing {
	readonly size: number;
	readonly cpuMicrosAnEvent: number;
}

/** All that was measured. */
export interface Results {
	readonly readings: readonly Result[];
	readonly failures: readonly Failure[];
	readonly parsings: readonly Parsing[];
	readonly trigger?: TriggerFigures;
	readonly triggerLatencyMs: number;
}

/** The medians of several runs, each figure by itself. */
export function mediansOf(runs: readonly Measurement[]): Measurement & {
	eventsASecond: number;
	cpuMicrosAnEvent: number;
} {
	const middle = (of: keyof Measurement) => median(runs.map((run) => run[of]));
	const [ms, cpuMs, events] = [middle('ms'), middle('cpuMs'), middle('events')];
	return {
		ms,
		cpuMs,
		events,
		peakBytes: middle('peakBytes'),
		heldBytes: middle('heldBytes'),
		requests: middle('requests'),
		eventsASecond: (events * 1000) / ms,
		cpuMicrosAnEvent: (cpuMs * 1000) / events,
	};
}

/** The results of one cell. */
export function inCell<T extends { size: number; latencyMs: number }>(
	all: readonly T[],
	{ size, latencyMs }: { size: number; latencyMs: number },
): T[] {
	return all.filter((each) => each.size === size && each.latencyMs === latencyMs);
}

/** The bare loops, of one kind, that read as this one does. */
export function bareLike(
	all: readonly Result[],
	{ contestant }: Result,
	kind: 'bare' | 'bareInN8n' = 'bare',
): Result[] {
	return all.filter(({ contestant: other }) => {
		return (
			other.kind === kind &&
			other.api === contestant.api &&
			other.concurrency === contestant.concurrency
		);
	});
}

/** The least of a figure, as something to be compared with. */
export function best(all: readonly Result[], figure: 'ms' | 'peakBytes'): number | undefined {
	return all.length === 0 ? undefined : Math.min(...all.map((each) => each[figure]));
}
