import { isJsonObject } from '../records/json';
import type { TimeWindow } from '../records/timeWindow';
import { describeContent, describeRecord } from './pageContent';

/**
 * What windows looked like when they were read by page tokens before, although their pages seemed to have
 * shifted. A token may only stand for a number of records: then each record that arrives before that
 * position moves the last one of a page to the beginning of the next page.
 */
export class TokenReadings {
	/** The content of the last complete reading of a window; empty if there is none. */
	readonly #contents = new Map<string, string>();

	/**
	 * Begins a reading of a window. The function that is returned says after each page whether the window
	 * has to be read again: at once the first time, later only at its end, unless the reading before had
	 * the same content. Two identical records may lie on two pages after all.
	 */
	start(
		window?: Partial<TimeWindow>,
	): (page: { readonly records: readonly unknown[]; readonly isLast: boolean }) => boolean {
		const key = JSON.stringify(window ?? {});
		const contents: string[] = [];
		let lastRecords: readonly unknown[] = [];
		let hasOverlap = false;
		return ({ records, isLast }) => {
			contents.push(describeContent(records));
			const isSamePage = contents[contents.length - 1] === contents[contents.length - 2];
			hasOverlap ||= !isSamePage && overlaps(lastRecords, records);
			if (records.length > 0) lastRecords = records;
			if (!hasOverlap) return false;
			const before = this.#contents.get(key);
			if (before !== undefined && !isLast) return false;
			const content = before === undefined ? '' : contents.join('\n');
			this.#contents.set(key, content);
			return content !== before;
		};
	}
}

/** How many records of a page are looked for: new ones may have come between those that were moved. */
const MAX_COMPARED = 10;

/** Whether a page begins with records of the page before it. */
function overlaps(before: readonly unknown[], records: readonly unknown[]): boolean {
	if (before.length === 0) return false;
	return records.slice(0, MAX_COMPARED).some((record) => {
		if (!isJsonObject(record)) return false;
		let text: string | undefined;
		return before.some((other) => {
			// Nearly all records differ in their timestamps.
			if (!isJsonObject(other) || other.timestamp !== record.timestamp) return false;
			return describeRecord(other) === (text ??= describeRecord(record));
		});
	});
}
