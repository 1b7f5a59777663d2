import { describeContent, describeRecord } from './pageContent';

/** A page of a numbered listing. */
export interface NumberedPage {
	readonly records: readonly unknown[];
	/** What the page counts: records or pages, nobody knows for sure. */
	readonly totalCount: number | undefined;
	/** The page size by the response: the maximum of the server may be lower than what was requested. */
	readonly pageSize: number | undefined;
}

/** Late records move others by as many places: rarely by more than some pages. */
const MAX_RECENT_PAGES = 5;

/**
 * The pages of one reading of a window by page number. Celonis' texts say that `totalCount` is the number
 * of pages, its schemas say items: what counts is a page that is short or empty. A full page is never
 * the last one, and a count only says whether a short page is. (A server that ignores the page size
 * sends all records at once, as many as it counts.) A first page is short only against the page size by
 * the response: a server whose maximum is lower may have as many pages as the first one has records.
 */
export class NumberedListing {
	/** How many records a full page has. */
	#fullSize: number;
	#count = 0;
	/** How many pages have records. */
	#pages = 0;
	#totalCount: number | undefined;
	#isShort = false;
	#isFullSizeKnown = false;
	#isEnd = false;
	#isCountOfPages: boolean;
	#hasChanged = false;
	#hasOverlap = false;
	#isCountRepeated = false;
	/** Pages that were not compared: as long as the count can be one of records, it shows a shift. */
	#uncompared: Array<readonly unknown[]> = [];
	/** What the records of the last compared pages mean. */
	#recentPages: ReadonlyArray<ReadonlySet<string>> = [];
	readonly #contents: string[] = [];

	/** `isCountOfPages`: whether other windows have shown that the count is one of pages. */
	constructor(
		private readonly requestedSize: number,
		isCountOfPages = false,
	) {
		this.#fullSize = requestedSize;
		this.#isCountOfPages = isCountOfPages;
	}

	add({ records, totalCount, pageSize }: NumberedPage): void {
		const { length } = records;
		this.#hasChanged ||=
			totalCount !== undefined && totalCount !== (this.#totalCount ?? totalCount);
		this.#isCountRepeated = totalCount !== undefined && totalCount === this.#totalCount;
		this.#totalCount ??= totalCount;
		this.#contents.push(describeContent(records));
		if (length > 0) {
			if (pageSize) {
				this.#fullSize = Math.min(this.#fullSize, pageSize);
				this.#isFullSizeKnown = true;
			}
			this.#isShort = length < this.#fullSize;
			if (this.#pages === 0) this.#fullSize = Math.min(this.#fullSize, length);
			else this.#isFullSizeKnown = true;
			this.#count += length;
			this.#pages++;
		}
		const isMoreThanCounted = this.#totalCount !== undefined && this.#count > this.#totalCount;
		this.#isCountOfPages ||= isMoreThanCounted && this.#pages <= (this.#totalCount ?? 0);
		this.#uncompared.push(records);
		if (!this.countsRecords) this.#comparePages();
		const isUnpaged = length > this.requestedSize && this.#totalCount === this.#count;
		const isCountedEnd = this.#isShort && this.#isFullSizeKnown && this.#isCountReached();
		this.#isEnd = length === 0 || isUnpaged || isCountedEnd;
	}

	/** Whether no page follows. */
	get isEnd(): boolean {
		return this.#isEnd;
	}

	/** Whether a further page is to be expected, rather than looked for. */
	get isNextAnnounced(): boolean {
		return !this.#isCountReached();
	}

	/** Whether the count can be one of records. */
	get countsRecords(): boolean {
		return !this.#isCountOfPages && (this.#totalCount ?? -1) >= this.#count;
	}

	/** Whether the count can only be one of pages. */
	get isCountOfPages(): boolean {
		return this.#isCountOfPages;
	}

	/** How many records there are at least, by the count. */
	get total(): number | undefined {
		if (this.countsRecords || this.#totalCount === 0) return this.#totalCount;
		if (!this.#isCountOfPages || this.#totalCount === undefined) return undefined;
		return Math.max(this.#count, (this.#totalCount - 1) * this.#fullSize + 1);
	}

	/** How many pages there are if the count is one of records; 0 if it is not. */
	countPages(): number {
		return this.countsRecords ? Math.ceil((this.#totalCount ?? 0) / this.#fullSize) : 0;
	}

	/** Whether the pages show that they have shifted. At the end, the count has to be reached too. */
	get hasShifted(): boolean {
		return this.#hasChanged || this.#hasOverlap || this.isCountWrong;
	}

	/** Whether the count is neither one of the records nor one of the pages. */
	get isCountWrong(): boolean {
		return (
			this.#hasChanged || (this.#isEnd && this.#totalCount !== undefined && !this.#isCountReached())
		);
	}

	/** Whether there is not a single record, although some are counted. */
	get isEmptyThoughCounted(): boolean {
		return this.#isEnd && this.#pages === 0 && (this.#totalCount ?? 0) > 0;
	}

	/**
	 * Whether the end is certain enough to be believed against the count: its last page with records is
	 * short, or the empty page after it has the same count.
	 */
	get isEndCredible(): boolean {
		if (this.isEmptyThoughCounted) return false;
		return (
			this.#totalCount === undefined ||
			this.#isShort ||
			this.#isCountRepeated ||
			this.#isCountReached()
		);
	}

	/** Two readings with the same content have not shifted, whatever the count says. */
	get content(): string {
		return this.#contents.join('\n');
	}

	#isCountReached(): boolean {
		return this.#totalCount === this.#count || this.#totalCount === this.#pages;
	}

	/** Finds out whether pages repeat records of the pages before them. */
	#comparePages(): void {
		for (const records of this.#uncompared) {
			const page = new Set(records.map(describeRecord));
			this.#hasOverlap ||= [...page].some((text) =>
				this.#recentPages.some((recent) => recent.has(text)),
			);
			this.#recentPages = [...this.#recentPages, page].slice(-MAX_RECENT_PAGES);
		}
		this.#uncompared = [];
	}
}
