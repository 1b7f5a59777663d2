import type { Entry, Item } from '../history.mts';
import type { Emission } from '../plan/emissions.mts';
import { matchesSettings, type Settings } from '../plan/settings.mts';
import { formatContent, parseContent, parseTimestamp } from './content.mts';
import { derivePromise, type Conditions } from './promise.mts';

/** A violation of the promise. */
export interface Finding {
	/** The content of an event, or a description of the violation. */
	readonly content: string;
	/** The true time at which to look in the trace. */
	readonly atMs: number;
}

/** Whether a run has kept the promise: it has if `lost`, `repeated` and `wrong` are empty. */
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
	/** Events that were delivered again, with the same ID, after the clock that decides was set back. */
	readonly repeatedAfterSetBack: number;
}

/** The log of one team. */
export interface TeamLog {
	readonly host: string;
	readonly emissions: readonly Emission[];
}

/**
 * Compares the emitted events of each team with the delivered ones, by content and number of
 * occurrences. An event must be delivered if it happened after the start, became visible within the
 * smallest lookback, and matches all filters since then. No event may be delivered twice, and each
 * event has one id.
 */
export function check(
	logs: readonly TeamLog[],
	entries: readonly Entry[],
	conditions: Conditions = {},
): Verdict {
	const deliveries = checkDeliveries(entries, conditions);
	const { wrong, repeated, idsByContent, excusedLosses } = deliveries;
	const lost: Finding[] = [];
	const emittedContents = new Set<string>();
	let excused = 0;
	for (const { host, emissions } of logs) {
		const promise = derivePromise(host, emissions, entries, conditions);
		for (const [content, group] of groupByContent(host, emissions)) {
			emittedContents.add(content);
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
	}
	for (const content of idsByContent.keys()) {
		if (!emittedContents.has(content)) {
			wrong.push({ content: `never emitted: ${content}`, atMs: 0 });
		}
	}
	return {
		lost,
		repeated,
		wrong,
		delivered: [...idsByContent.values()].reduce((sum, ids) => sum + ids.size, 0),
		excusedLosses: excused,
		excusedRepeats: deliveries.excusedRepeats,
		repeatedAfterSetBack: deliveries.repeatedAfterSetBack,
	};
}

function checkDeliveries(entries: readonly Entry[], { setBack }: Conditions) {
	const wrong: Finding[] = [];
	const repeated: Finding[] = [];
	const idsByContent = new Map<string, Set<string>>();
	const contentById = new Map<string, string>();
	const mayRepeat = new Set<string>();
	let repeatedAfterSetBack = 0;
	let setBacksOfMachine = 0;
	const repeatsAfterSetBack = new Map<string, number>();
	/** After each set-back, an event may come once more. */
	const mayRepeatAfterSetBack = (eventId: string, atMs: number) => {
		const setBacks = setBacksOfMachine + Number(setBack !== undefined && atMs >= setBack.atMs);
		const repeats = (repeatsAfterSetBack.get(eventId) ?? 0) + 1;
		if (repeats > setBacks) return false;
		repeatsAfterSetBack.set(eventId, repeats);
		return true;
	};
	const excusedLosses = new Map<string, number>();
	let excusedRepeats = 0;

	const checkItem = ({ eventId, team, record }: Item, atMs: number) => {
		const content = formatTeamContent(team, record);
		const known = contentById.get(eventId);
		if (known === undefined) {
			contentById.set(eventId, content);
			const ids = idsByContent.get(content) ?? new Set();
			idsByContent.set(content, ids.add(eventId));
		} else if (known !== content)
			wrong.push({ content: `one id for two events: ${known} and ${content}`, atMs });
		else if (mayRepeat.delete(eventId)) excusedRepeats++;
		else if (mayRepeatAfterSetBack(eventId, atMs)) repeatedAfterSetBack++;
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
				for (const { team, record } of entry.batch) {
					const content = formatTeamContent(team, record);
					excusedLosses.set(content, (excusedLosses.get(content) ?? 0) + 1);
				}
				break;
			case 'setBack':
				setBacksOfMachine++;
				break;
			case 'violation':
				wrong.push({ content: entry.problem, atMs: entry.atMs });
		}
	}
	return {
		wrong,
		repeated,
		idsByContent,
		excusedLosses,
		excusedRepeats,
		repeatedAfterSetBack,
	};
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
		batch.some(({ team }) => team !== batch[0]?.team) && 'events of two teams',
	].filter((problem) => problem !== false);
}

function groupByContent(host: string, emissions: readonly Emission[]): Map<string, Emission[]> {
	const groups = new Map<string, Emission[]>();
	for (const emission of emissions) {
		const content = formatTeamContent(host, parseContent(emission.json));
		const group = groups.get(content);
		if (group) group.push(emission);
		else groups.set(content, [emission]);
	}
	return groups;
}

const formatTeamContent = (team: string, record: Item['record']): string =>
	`${team} ${formatContent(record)}`;
