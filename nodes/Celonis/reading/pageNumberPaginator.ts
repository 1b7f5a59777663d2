import { CelonisError } from '../errors/celonisError';
import type { Connection } from '../http/connection';
import type { Query } from '../http/request';
import { fetchInOrder } from './fetchInOrder';
import { NumberedListing } from './numberedListing';
import { isSamePage } from './pageContent';
import { PageFetcher, type FetchedPage } from './pageFetcher';
import type { GuardedPage, PaginationLimits } from './paginationGuard';
import { readClocks, type LogPage, type PageRequest, type Paginator } from './paginator';
import { parseCount } from './parseListing';
import { WindowReadings } from './windowReadings';

/** Published OpenAPI documents: `findAllAuditLogs`, `findAllAuthenticationEvents` and the members. */
const MAX_PAGE_SIZE = 200;

/** What is read page by page: the path, and query parameters besides page and window. */
export interface PagedResource {
	readonly path: string;
	readonly query?: Query;
}

/**
 * Pages by number. They shift if a record arrives inside the window while they are read. The total
 * count shows this, if it counts records: the window has to be read again then (error `pageShift`).
 * Only with such a count are pages requested in parallel.
 */
export function createPageNumberPaginator(
	connection: Connection,
	resource: PagedResource,
	limits?: Partial<PaginationLimits>,
): Paginator {
	const fetcher = new PageFetcher(connection, limits);
	const readings = new WindowReadings();
	return async function* (request = {}) {
		const pages = new NumberedPages(resource, fetcher, readings, request);
		const { getParallelPages } = request;
		let pageNumber = 0;
		let page = await pages.add(await pages.fetch(pageNumber++));
		const lastCounted = getParallelPages ? pages.countPages() - 1 : 0;
		const isRestParallel = lastCounted > 0;
		yield { ...page, isRestParallel };
		if (getParallelPages && isRestParallel && !page.isLast) {
			const fetchNext = async () => await pages.fetch(pageNumber++);
			const hasNext = () => pageNumber <= lastCounted;
			for await (const fetched of fetchInOrder(hasNext, fetchNext, getParallelPages)) {
				page = await pages.add(fetched);
				pages.requireCountOfRecords();
				// This waits for the pages that are in flight: nobody asks for them after the last one.
				if (page.isLast) break;
				yield { ...page, isRestParallel };
			}
			if (page.isLast) yield { ...page, isRestParallel };
			else if (getParallelPages() === 0) throw new CelonisError('cancelled');
		}
		while (!page.isLast) {
			page = await pages.add(await pages.fetch(pageNumber++));
			yield page;
		}
	};
}

/** The pages of one reading of a window. */
class NumberedPages {
	#listing: NumberedListing | undefined;
	#pageSize: number;
	/** Whether the last page had a count. An empty one needs none: 204 is an empty response. */
	#isCounted = false;
	/** The first page, until the second one shows whether it is the same. */
	#firstPage: FetchedPage | undefined;
	readonly #isCountIgnored: boolean;
	readonly #countPage: (page: GuardedPage) => void;

	constructor(
		private readonly resource: PagedResource,
		private readonly fetcher: PageFetcher,
		private readonly readings: WindowReadings,
		private readonly request: PageRequest,
	) {
		this.#pageSize = request.pageSize ?? MAX_PAGE_SIZE;
		this.#isCountIgnored = readings.isCountIgnored;
		this.#countPage = fetcher.guard.startSequence(request.window);
	}

	async fetch(pageNumber: number): Promise<FetchedPage> {
		const { path } = this.resource;
		return await this.fetcher.fetch({
			path,
			window: this.request.window,
			pageSize: this.#pageSize,
			isAnnounced: this.#listing?.isNextAnnounced ?? false,
			// Another size would move the bounds of the pages.
			isResizable: pageNumber === 0,
			buildQuery: this.#buildQuery(pageNumber),
		});
	}

	/**
	 * Adds the next page. Throws the error `pageShift` if the window has to be read again. A second page
	 * that is the first one once more is dropped: the numbers start at 1, and 0 means the same.
	 */
	async add(page: FetchedPage): Promise<LogPage> {
		const { response, records, fields, pageSize } = page;
		const { readings, request } = this;
		const before = this.#firstPage;
		this.#firstPage = this.#listing ? undefined : page;
		if (before && isSamePage(before, page)) {
			return { records: [], pageSize, clocks: readClocks(response), isLast: false };
		}
		this.#pageSize = pageSize;
		const listing = (this.#listing ??= new NumberedListing(pageSize, readings.isCountOfPages));
		const totalCount = this.#isCountIgnored ? undefined : parseCount(fields.totalCount);
		this.#isCounted = totalCount !== undefined || records.length === 0;
		listing.add({ records, totalCount, pageSize: parseCount(fields.pageSize) });
		const { isEnd: isLast, total } = listing;
		this.#countPage({ records, pageSize, isLast });
		const isEmpty = listing.isEmptyThoughCounted && request.window !== undefined;
		if (isEmpty && (await this.#countsTheFuture())) readings.ignoreCount();
		else if (readings.mustReadAgain(request, listing)) this.#readAgain();
		return { records, pageSize, clocks: readClocks(response), total, isLast };
	}

	/** How many pages there are, if the count can be one of records and no page lacks it; else 0. */
	countPages(): number {
		return this.readings.isCountMissing ? 0 : (this.#listing?.countPages() ?? 0);
	}

	/**
	 * Throws the error `pageShift` if the last page has no count, or none of records after all: nothing
	 * shows then whether pages that were requested in parallel have shifted.
	 */
	requireCountOfRecords(): void {
		if (!this.#isCounted) this.readings.missCount();
		if (!this.#isCounted || !this.#listing?.countsRecords) this.#readAgain();
	}

	#readAgain(): never {
		throw new CelonisError('pageShift', { api: this.fetcher.api });
	}

	#buildQuery(pageNumber: number) {
		return (pageSize: number): Query => ({ ...this.resource.query, pageNumber, pageSize });
	}

	/**
	 * Whether records are counted even in a window that has none for sure. A page without records is
	 * complete then, whatever it counts; otherwise its records may only be missing.
	 */
	async #countsTheFuture(): Promise<boolean> {
		const { records, fields } = await this.fetcher.fetch({
			path: this.resource.path,
			window: { fromMs: FUTURE_MS },
			pageSize: 1,
			isAnnounced: false,
			isResizable: true,
			buildQuery: this.#buildQuery(0),
		});
		return records.length === 0 && (parseCount(fields.totalCount) ?? 0) > 0;
	}
}

/** A time after all records. */
const FUTURE_MS = Date.UTC(3000, 0, 1);
