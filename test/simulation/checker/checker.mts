import type { Entry, Item } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import { matchesSettings, type Settings } from '../plan/settings.mts';
import { formatContent, parseTimestamp } from './content.mts';

/** A violation of the promise. */
export interface Finding {
	/** The content of an event, or a description of the violation. */
	readonly content: string;
	/** The server's time at which to look in the trace. */
	readonly atMs: number;
}

/** Whether a run has kept the promise: it has if all lists are empty. */
export interface Verdict {
	/** Events that were never delivered. */
	readonly lost: readonly Finding[];
	/** Events that were delivered once more without an excuse. */
	readonly repeated: readonly Finding[];
	readonly wrong: readonly Finding[];
	/** The number of different events that were delivered. */
	readonly delivered: number;
	/** Losses and repeats that the promise allows: after a crash, or with Repeat Last Batch. */
	readonly excusedLosses: number;
	readonly excusedRepeats: number;
}

/**
 * Compares the emitted events with the delivered ones, by content and number of occurrences. An
 * event must be delivered if it happened after the start, became visible within the smallest
 * lookback, and matches all filters since then. No event may be delivered twice, and each event
 * has one id.
 */
export function check(
	emissions: readonly Emission[],
	entries: readonly Entry[],
	startMs: number | undefined,
): Verdict {
	const deliveries = checkDeliveries(entries);
	const { wrong, repeated, idsByContent, excusedLosses } = deliveries;
	const promise = derivePromise(entries, startMs);

	const lost: Finding[] = [];
	const emitted = groupByContent(emissions);
	let excused = 0;
	for (const [content, group] of emitted) {
		const delivered = idsByContent.get(content)?.size ?? 0;
		const missing = group.filter(promise.isDue).length - delivered;
		const excuses = Math.min(Math.max(0, missing), excusedLosses.get(content) ?? 0);
		excused += excuses;
		const atMs = group[0]?.visibleFromMs ?? 0;
		for (let i = excuses; i < missing; i++) lost.push({ content, atMs });
		const possible = group.filter(promise.isPossible).length;
		if (possible === 0 && delivered > 0)
			wrong.push({ content: `before the start: ${content}`, atMs });
		else for (let i = possible; i < delivered; i++) repeated.push({ content, atMs });
	}
	for (const content of idsByContent.keys()) {
		if (!emitted.has(content)) wrong.push({ content: `never emitted: ${content}`, atMs: 0 });
	}
	return {
		lost,
		repeated,
		wrong,
		delivered: [...idsByContent.values()].reduce((sum, ids) => sum + ids.size, 0),
		excusedLosses: excused,
		excusedRepeats: deliveries.excusedRepeats,
	};
}

function checkDeliveries(entries: readonly Entry[]) {
	const wrong: Finding[] = [];
	const repeated: Finding[] = [];
	const idsByContent = new Map<string, Set<string>>();
	const contentById = new Map<string, string>();
	const mayRepeat = new Set<string>();
	const excusedLosses = new Map<string, number>();
	let excusedRepeats = 0;

	const checkItem = ({ eventId, record }: Item, atMs: number) => {
		const content = formatContent(record);
		const known = contentById.get(eventId);
		if (known === undefined) {
			contentById.set(eventId, content);
			const ids = idsByContent.get(content) ?? new Set();
			idsByContent.set(content, ids.add(eventId));
		} else if (known !== content)
			wrong.push({ content: `one id for two events: ${known} and ${content}`, atMs });
		else if (mayRepeat.delete(eventId)) excusedRepeats++;
		else repeated.push({ content, atMs });
	};

	for (const entry of entries) {
		switch (entry.kind) {
			case 'delivered':
				for (const content of findBatchProblems(entry.batch, entry.settings)) {
					wrong.push({ content, atMs: entry.atMs });
				}
				for (const item of entry.batch) checkItem(item, entry.atMs);
				break;
			case 'mayRepeat':
				for (const { eventId } of entry.batch) {
					if (contentById.has(eventId)) mayRepeat.add(eventId);
				}
				break;
			case 'mayBeLost':
				for (const { record } of entry.batch) {
					const content = formatContent(record);
					excusedLosses.set(content, (excusedLosses.get(content) ?? 0) + 1);
				}
				break;
			case 'violation':
				wrong.push({ content: entry.problem, atMs: entry.atMs });
		}
	}
	return { wrong, repeated, idsByContent, excusedLosses, excusedRepeats };
}

/** Problems of a batch that show without other batches. */
function findBatchProblems(batch: readonly Item[], settings: Settings): string[] {
	const times = batch.map(({ record }) => parseTimestamp(record));
	return [
		batch.length === 0 && 'an empty batch',
		batch.length > settings.maxEvents && `${batch.length} events, ${settings.maxEvents} allowed`,
		times.some((time, i) => time < (times[i - 1] ?? 0)) && 'events out of order',
		!batch.every(({ record }) => matchesSettings(settings, record)) &&
			'an event that the filter excludes',
	].filter((problem) => problem !== false);
}

/** Which events must be delivered, and which ones may be. */
function derivePromise(entries: readonly Entry[], startMs: number | undefined) {
	const settings = entries.filter((entry) => entry.kind === 'settings');
	const starts = entries.filter((entry) => entry.kind === 'started');
	const endMs = entries.find((entry) => entry.kind === 'end')?.atMs ?? Infinity;
	const lookbackMs = Math.min(...settings.map((entry) => entry.settings.lookbackMs));
	const dueFromMs = startMs ?? Math.max(...starts.map(({ toMs }) => toMs));
	const possibleFromMs = startMs ?? Math.min(...starts.map(({ fromMs }) => fromMs));
	const matchesFilters = ({ json, visibleFromMs }: Emission) => {
		if (settings.every((entry) => entry.settings.hidden === undefined)) return true;
		const record = JSON.parse(json) as Readonly<Record<string, unknown>>;
		const before = settings.findLastIndex(({ atMs }) => atMs <= visibleFromMs);
		return settings
			.slice(Math.max(0, before))
			.every((entry) => matchesSettings(entry.settings, record));
	};
	return {
		isDue: (emission: Emission) =>
			emission.timestampMs >= dueFromMs &&
			emission.visibleFromMs - emission.timestampMs <= lookbackMs &&
			matchesFilters(emission),
		isPossible: ({ timestampMs, visibleFromMs }: Emission) =>
			timestampMs >= possibleFromMs && visibleFromMs <= endMs,
	};
}

function groupByContent(emissions: readonly Emission[]): Map<string, Emission[]> {
	const groups = new Map<string, Emission[]>();
	for (const emission of emissions) {
		const content = formatContent(JSON.parse(emission.json) as Record<string, unknown>);
		const group = groups.get(content);
		if (group) group.push(emission);
		else groups.set(content, [emission]);
	}
	return groups;
}
