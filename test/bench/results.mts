import type { Candidate } from './candidates.mts';
import type { Measurement, TriggerFigures } from './job.mts';
import type { GroupTimes } from './profile/summarize.mts';
import { getMedian } from './statistics.mts';

/** The medians of one candidate's runs in one cell. */
export interface Result extends Measurement {
	readonly candidate: Candidate;
	readonly latencyMs: number;
	/** Over TLS, and so far away; missing without TLS. */
	readonly roundTripMs?: number;
	/** How many events were requested. */
	readonly size: number;
	readonly eventsASecond: number;
	readonly cpuMicrosAnEvent: number;
}

/** A candidate that did not finish. */
export interface Failure {
	readonly candidate: Candidate;
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
	/** Readings over TLS, from far away. */
	readonly distant: readonly Result[];
	readonly failures: readonly Failure[];
	readonly parsings: readonly Parsing[];
	/** What the node's thread does, without latency. */
	readonly profile?: { readonly size: number; readonly times: GroupTimes };
	readonly trigger?: TriggerFigures;
	readonly triggerLatencyMs: number;
}

/** The medians of several runs, separately for each value. */
export function getMedians(runs: readonly Measurement[]): Measurement & {
	eventsASecond: number;
	cpuMicrosAnEvent: number;
} {
	const middle = (of: keyof Measurement) => getMedian(runs.map((run) => run[of]));
	const [durationMs, cpuMs, events] = [middle('durationMs'), middle('cpuMs'), middle('events')];
	return {
		durationMs,
		cpuMs,
		events,
		peakBytes: middle('peakBytes'),
		heldBytes: middle('heldBytes'),
		requests: middle('requests'),
		eventsASecond: (events * 1000) / durationMs,
		cpuMicrosAnEvent: (cpuMs * 1000) / events,
	};
}

/** The results of one cell. */
export function filterByCell<T extends { size: number; latencyMs: number }>(
	all: readonly T[],
	{ size, latencyMs }: { size: number; latencyMs: number },
): T[] {
	return all.filter((each) => each.size === size && each.latencyMs === latencyMs);
}

/** The bare loops of one kind with the same API version and concurrency. */
export function filterBareLoops(
	all: readonly Result[],
	{ candidate }: Result,
	kind: 'bare' | 'bareInN8n' = 'bare',
): Result[] {
	return all.filter(({ candidate: other }) => {
		return (
			other.kind === kind &&
			other.api === candidate.api &&
			other.concurrency === candidate.concurrency
		);
	});
}

/** The minimum of a value. */
export function findMinimum(
	all: readonly Result[],
	figure: 'durationMs' | 'peakBytes',
): number | undefined {
	return all.length === 0 ? undefined : Math.min(...all.map((each) => each[figure]));
}
