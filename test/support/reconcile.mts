import { removeAddedFields } from '../e2e/support/records.mts';
import type { Json } from '../e2e/support/executions.mts';

/** How delivered items match a log. */
export interface Reconciliation {
	readonly events: number;
	/** Never delivered. */
	readonly lost: number;
	/** Delivered again with the same `eventId`. */
	readonly repeated: number;
	/** Items that are not in the log, an `eventId` of two events, and an event with two `eventId`s. */
	readonly wrong: readonly string[];
}

/** Compares the records of a log with the items that started workflows. */
export function reconcile(records: readonly Json[], items: readonly Json[]): Reconciliation {
	const copies = countBy(records.map(toText));
	const idsByText = new Map<string, Set<string>>();
	const textsById = new Map<string, Set<string>>();
	for (const item of items) {
		const text = toText(removeAddedFields(item));
		addTo(idsByText, text, String(item.eventId));
		addTo(textsById, String(item.eventId), text);
	}

	let lost = 0;
	const wrong: string[] = [];
	for (const [eventId, texts] of textsById) {
		if (texts.size > 1) wrong.push(`${eventId} stands for ${[...texts].join(' and ')}`);
	}
	for (const [text, count] of copies) {
		const delivered = idsByText.get(text) ?? new Set();
		lost += Math.max(0, count - delivered.size);
		if (delivered.size > count) wrong.push(`${[...delivered].join(' and ')} stand for ${text}`);
	}
	for (const text of idsByText.keys()) {
		if (!copies.has(text)) wrong.push(`not in the log: ${text}`);
	}
	return { events: records.length, lost, repeated: items.length - textsById.size, wrong };
}

function toText(record: Json): string {
	return JSON.stringify(record);
}

function countBy(texts: string[]): Map<string, number> {
	const counts = new Map<string, number>();
	for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
	return counts;
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
	const set = sets.get(key);
	if (set) set.add(value);
	else sets.set(key, new Set([value]));
}
