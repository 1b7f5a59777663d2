import type { Entry, Item } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import { matchesSettings, type Settings } from '../plan/settings.mts';
import { contentOf, timeOf } from './content.mts';

/** Something that must not be. */
export interface Finding {
	/** What an event says, or what is wrong. */
	readonly content: string;
	/** The server's time at which to look. */
	readonly atMs: number;
}

/** How a run has kept the promise. Empty lists: it did. */
export interface Verdict {
	/** Events that were never delivered. */
	readonly lost: readonly Finding[];
	/** Events that were delivered once more without a reason. */
	readonly repeated: readonly Finding[];
	readonly wrong: readonly Finding[];
	/** Events that were delivered, each counted once. */
	readonly delivered: number;
	/** Events that a crash cost, and repeats that it or the user's wish brought: as promised. */
	readonly excusedLosses: number;
	readonly excusedRepeats: number;
}

/**
 * Compares what was emitted with what was delivered, by content and how often it occurs. Every
 * event that is visible within the smallest lookback in force, that happened since the start and
 * that all filters let through since it was visible, must have come; none may come twice; and one
 * event has one id.
 */
export function check(
	emissions: readonly Emission[],
	entries: readonly Entry[],
	startMs: number | undefined,
): Verdict {
	const deliveries = judgeDeliveries(entries);
	const { wrong, repeated, idsOf, excusedLosses } = deliveries;
	const promise = promiseOf(entries, startMs);

	const lost: Finding[] = [];
	const emitted = groupByContent(emissions);
	let excused = 0;
	for (const [content, alike] of emitted) {
		const delivered = idsOf.get(content)?.size ?? 0;
		const missing = alike.filter(promise.isDue).length - delivered;
		const excuses = Math.min(Math.max(0, missing), excusedLosses.get(content) ?? 0);
		excused += excuses;
		const atMs = alike[0]?.visibleFromMs ?? 0;
		for (let i = excuses; i < missing; i++) lost.push({ content, atMs });
		const possible = alike.filter(promise.isPossible).length;
		if (possible === 0 && delivered > 0)
			wrong.push({ content: `before the start: ${content}`, atMs });
		else for (let i = possible; i < delivered; i++) repeated.push({ content, atMs });
	}
	for (const content of idsOf.keys()) {
		if (!emitted.has(content)) wrong.push({ content: `never emitted: ${content}`, atMs: 0 });
	}
	return {
		lost,
		repeated,
		wrong,
		delivered: [...idsOf.values()].reduce((sum, ids) => sum + ids.size, 0),
		excusedLosses: excused,
		excusedRepeats: deliveries.excusedRepeats,
	};
}

function judgeDeliveries(entries: readonly Entry[]) {
	const wrong: Finding[] = [];
	const repeated: Finding[] = [];
	const idsOf = new Map<string, Set<string>>();
	const contentById = new Map<string, string>();
	const mayRepeat = new Set<string>();
	const excusedLosses = new Map<string, number>();
	let excusedRepeats = 0;

	const take = ({ eventId, record }: Item, atMs: number) => {
		const content = contentOf(record);
		const known = contentById.get(eventId);
		if (known === undefined) {
			contentById.set(eventId, content);
			const ids = idsOf.get(content) ?? new Set();
			idsOf.set(content, ids.add(eventId));
		} else if (known !== content)
			wrong.push({ content: `one id for two events: ${known} and ${content}`, atMs });
		else if (mayRepeat.delete(eventId)) excusedRepeats++;
		else repeated.push({ content, atMs });
	};

	for (const entry of entries) {
		switch (entry.kind) {
			case 'delivered':
				for (const content of formProblems(entry.batch, entry.settings)) {
					wrong.push({ content, atMs: entry.atMs });
				}
				for (const item of entry.batch) take(item, entry.atMs);
				break;
			case 'mayRepeat':
				for (const { eventId } of entry.batch) {
					if (contentById.has(eventId)) mayRepeat.add(eventId);
				}
				break;
			case 'mayBeLost':
				for (const { record } of entry.batch) {
					const content = contentOf(record);
					excusedLosses.set(content, (excusedLosses.get(content) ?? 0) + 1);
				}
				break;
			case 'broken':
				wrong.push({ content: entry.problem, atMs: entry.atMs });
		}
	}
	return { wrong, repeated, idsOf, excusedLosses, excusedRepeats };
}

/** What can be said of a batch by itself. */
function formProblems(batch: readonly Item[], settings: Settings): string[] {
	const times = batch.map(({ record }) => timeOf(record));
	return [
		batch.length === 0 && 'an empty batch',
		batch.length > settings.maxEvents && `${batch.length} events, ${settings.maxEvents} allowed`,
		times.some((time, i) => time < (times[i - 1] ?? 0)) && 'events out of order',
		!batch.every(({ record }) => matchesSettings(settings, record)) &&
			'an event that is filtered out',
	].filter((problem) => problem !== false);
}

/** Which events had to come, and which ones could. */
function promiseOf(entries: readonly Entry[], startMs: number | undefined) {
	const settings = entries.filter((entry) => entry.kind === 'settings');
	const starts = entries.filter((entry) => entry.kind === 'started');
	const endMs = entries.find((entry) => entry.kind === 'end')?.atMs ?? Infinity;
	const lookbackMs = Math.min(...settings.map((entry) => entry.settings.lookbackMs));
	const dueFromMs = startMs ?? Math.max(...starts.map(({ toMs }) => toMs));
	const possibleFromMs = startMs ?? Math.min(...starts.map(({ fromMs }) => fromMs));
	const isLetThrough = ({ json, visibleFromMs }: Emission) => {
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
			isLetThrough(emission),
		isPossible: ({ timestampMs, visibleFromMs }: Emission) =>
			timestampMs >= possibleFromMs && visibleFromMs <= endMs,
	};
}

function groupByContent(emissions: readonly Emission[]): Map<string, Emission[]> {
	const groups = new Map<string, Emission[]>();
	for (const emission of emissions) {
		const content = contentOf(JSON.parse(emission.json) as Record<string, unknown>);
		const group = groups.get(content);
		if (group) group.push(emission);
		else groups.set(content, [emission]);
	}
	return groups;
}
