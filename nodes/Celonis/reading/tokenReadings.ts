import { isJsonObject } from '../records/json';
import type { TimeWindow } from '../records/timeWindow';
import { describeContent, describeRecord } from './pageContent';

/**
 * What windows looked like when they were read by page tokens before, although their pages seemed to have
 * shifted. A token may only stand for a number of records: then each record that arrives before that
 * position moves the last one of a page to the beginning of the next page.
 */
export class TokenReadings {
	/** The contents of the pages of the last reading of a window that seemed to have shifted. */
	readonly #contents = new Map<string, readonly string[]>();

	/**
	 * Begins a reading of a window. The function that is returned says after each page whether the window
	 * has to be read again: at once the first time, later only at its end. Two identical records may lie on
	 * two pages after all: they do if all pages up to there are those of the reading before.
	 */
	start(
		window?: Partial<TimeWindow>,
	): (page: { readonly records: readonly unknown[]; readonly isLast: boolean }) => boolean {
		const key = JSON.stringify(window ?? {});
		const before = this.#contents.get(key);
		const contents: string[] = [];
		let lastRecords: readonly unknown[] = [];
		let isAsBefore = before !== undefined;
		let hasShifted = false;
		return ({ records, isLast }) => {
			const content = describeContent(records);
			const isSamePage = content === contents[contents.length - 1];
			isAsBefore &&= content === before?.[contents.length];
			contents.push(content);
			hasShifted ||= !isAsBefore && !isSamePage && overlaps(lastRecords, records);
			if (records.length > 0) lastRecords = records;
			if (!hasShifted || (before && !isLast)) return false;
			this.#contents.set(key, contents);
			return true;
		};
	}
}

/** How many records of a page are looked for: new ones may have come between those that were moved. */
const MAX_COMPARED = 10;

/** Whether a page begins with records of the page before it. */
function overlaps(before: readonly unknown[], records: readonly unknown[]): boolean {
	const first = records.slice(0, MAX_COMPARED).filter(isJsonObject);
	// Nearly all records differ in their timestamps.
	const times = new Set(first.map(({ timestamp }) => timestamp));
	const similar = before.filter((record) => isJsonObject(record) && times.has(record.timestamp));
	if (similar.length === 0) return false;
	const texts = new Set(similar.map(describeRecord));
	return first.some((record) => texts.has(describeRecord(record)));
}
