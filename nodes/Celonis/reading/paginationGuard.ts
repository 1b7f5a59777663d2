import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import { isJsonObject } from '../records/json';
import type { TimeWindow } from '../records/timeWindow';
import { parseTimestamp } from '../records/timestamp';
import { describeContent } from './pageContent';

/** What one reading of a log may fetch, over all its slices. More is not a log, or too much for n8n. */
export interface PaginationLimits {
	readonly maxPages: number;
	/** Records that are kept: of one window, and events of a reading. More do not fit into memory. */
	readonly maxRecords: number;
	/** Records in all. Some are fetched twice, because slices turn out to be too long. */
	readonly maxFetchedRecords: number;
	/** Successive pages of a window without a record. */
	readonly maxEmptyPages: number;
	/** Pages that are nearly empty, although others follow. */
	readonly maxSparsePages: number;
	/** Pages outside of the window that was requested: the server ignores the window. */
	readonly maxPagesOutside: number;
	/** Pages with records far outside of the window: a server may round its bounds to hours. */
	readonly maxPagesPartlyOutside: number;
	/** Successive pages of a window with the same records. */
	readonly maxRepeatedPages: number;
}

export const PAGINATION_LIMITS: PaginationLimits = {
	maxPages: 20_000,
	maxRecords: 1_000_000,
	maxFetchedRecords: 2_000_000,
	maxEmptyPages: 300,
	maxSparsePages: 5000,
	maxPagesOutside: 300,
	maxPagesPartlyOutside: 3000,
	maxRepeatedPages: 50,
};

/** A page is nearly empty below this share of the records that were requested. */
const SPARSE_SHARE = 0.01;

/** How far outside of the window a record may be: bounds may be rounded to seconds. */
const BOUND_TOLERANCE_MS = 2000;

/** From how many odd pages on they explain why a poll has run out of time. */
const MIN_ODD_PAGES = 5;

/** A page as the guard counts it. */
export interface GuardedPage {
	readonly records: readonly unknown[];
	readonly pageSize: number;
	readonly isLast: boolean;
}

/** Ends a reading that would not end by itself, with the error `endlessPaging`. */
export class PaginationGuard {
	readonly #limits: PaginationLimits;
	#pages = 0;
	#records = 0;
	#sparsePages = 0;
	#pagesOutside = 0;
	#pagesPartlyOutside = 0;
	#repeatedPages = 0;

	constructor(
		private readonly api: ApiName,
		limits: Partial<PaginationLimits> = {},
	) {
		this.#limits = { ...PAGINATION_LIMITS, ...limits };
	}

	/** Begins the pages of a window. The function that is returned counts each page. */
	startSequence(window?: Partial<TimeWindow>): (page: GuardedPage) => void {
		const limits = this.#limits;
		let records = 0;
		let emptyPages = 0;
		let repeatedPages = 0;
		let lastContent = '';
		return (page) => {
			const { length } = page.records;
			records += length;
			emptyPages = length === 0 ? emptyPages + 1 : 0;
			const content = describeContent(page.records);
			const isRepeated = length > 0 && content === lastContent;
			lastContent = content;
			repeatedPages = isRepeated ? repeatedPages + 1 : 0;
			if (isRepeated) this.#repeatedPages++;
			this.#count(page, window);
			this.#require(emptyPages, limits.maxEmptyPages, 'empty pages');
			this.#require(repeatedPages, limits.maxRepeatedPages, 'times the same page');
			this.#require(records, limits.maxRecords, 'events');
		};
	}

	/** What is odd about the pages so far, in words; `undefined` if most of them are as expected. */
	describeOddity(): string | undefined {
		const isTelling = (count: number) => count >= MIN_ODD_PAGES && 2 * count > this.#pages;
		if (isTelling(this.#pagesPartlyOutside)) {
			return `${this.#pagesPartlyOutside} of ${this.#pages} pages outside of the window`;
		}
		if (isTelling(this.#repeatedPages)) return `${this.#repeatedPages} times the same page`;
		if (!isTelling(this.#sparsePages)) return undefined;
		return `${this.#sparsePages} of ${this.#pages} pages nearly empty`;
	}

	#count({ records, pageSize, isLast }: GuardedPage, window?: Partial<TimeWindow>): void {
		const limits = this.#limits;
		this.#pages++;
		this.#records += records.length;
		if (!isLast && records.length < pageSize * SPARSE_SHARE) this.#sparsePages++;
		const endsOutside = countEndsOutside(records, window);
		if (endsOutside === 2) this.#pagesOutside++;
		if (endsOutside > 0) this.#pagesPartlyOutside++;
		this.#require(this.#pagesOutside, limits.maxPagesOutside, 'pages outside of the window');
		this.#require(
			this.#pagesPartlyOutside,
			limits.maxPagesPartlyOutside,
			'pages outside of the window',
		);
		this.#require(this.#sparsePages, limits.maxSparsePages, 'pages nearly empty');
		this.#require(this.#records, limits.maxFetchedRecords, 'events');
		this.#require(this.#pages, limits.maxPages, 'pages');
	}

	#require(count: number, max: number, unit: string): void {
		if (count <= max) return;
		throw new CelonisError('endlessPaging', { api: this.api, limit: `${count} ${unit}` });
	}
}

/** How many of the two ends of a page are far from what was requested. */
export function countEndsOutside(
	records: readonly unknown[],
	{ fromMs = -Infinity, toMs = Infinity }: Partial<TimeWindow> = {},
): number {
	const ends = [records[0], records[records.length - 1]];
	return ends.filter((record) => {
		const ms = isJsonObject(record) ? parseTimestamp(record.timestamp) : undefined;
		if (ms === undefined) return false;
		return ms < fromMs - BOUND_TOLERANCE_MS || ms > toMs + BOUND_TOLERANCE_MS;
	}).length;
}
