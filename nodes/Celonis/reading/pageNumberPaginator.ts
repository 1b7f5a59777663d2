import { CelonisError } from '../errors/celonisError';
import type { Connection } from '../http/connection';
import type { Query } from '../http/request';
import { NumberedListing } from './numberedListing';
import { PageFetcher } from './pageFetcher';
import type { PaginationLimits } from './paginationGuard';
import { readClocks, type Paginator } from './paginator';
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
 */
export function createPageNumberPaginator(
	connection: Connection,
	{ path, query }: PagedResource,
	limits?: Partial<PaginationLimits>,
): Paginator {
	const { api } = connection;
	const fetcher = new PageFetcher(connection, limits);
	const readings = new WindowReadings();
	const buildQuery = (pageNumber: number) => (pageSize: number) => ({
		...query,
		pageNumber,
		pageSize,
	});
	const isCountVoid = async () => await countsTheFuture(fetcher, path, buildQuery(0));
	return async function* (request = {}) {
		const { window, pageSize: desiredSize = MAX_PAGE_SIZE } = request;
		const countPage = fetcher.guard.startSequence(window);
		const { isCountIgnored } = readings;
		let listing: NumberedListing | undefined;
		let size = desiredSize;
		for (let pageNumber = 0; ; pageNumber++) {
			const { response, records, fields, pageSize } = await fetcher.fetch({
				path,
				window,
				pageSize: size,
				isAnnounced: listing?.isNextAnnounced ?? false,
				// Another size would move the bounds of the pages.
				isResizable: pageNumber === 0,
				buildQuery: buildQuery(pageNumber),
			});
			size = pageSize;
			listing ??= new NumberedListing(pageSize);
			const totalCount = isCountIgnored ? undefined : parseCount(fields.totalCount);
			listing.add({ records, totalCount, pageSize: parseCount(fields.pageSize) });
			const { isEnd: isLast, total } = listing;
			countPage({ records, pageSize, isLast });
			const isEmpty = listing.isEmptyThoughCounted && window !== undefined && (await isCountVoid());
			if (isEmpty) readings.ignoreCount();
			else if (readings.mustReadAgain(request, listing))
				throw new CelonisError('pageShift', { api });
			yield { records, pageSize, clocks: readClocks(response), total, isLast };
			if (isLast) return;
		}
	};
}

/** A time after all records. */
const FUTURE_MS = Date.UTC(3000, 0, 1);

/**
 * Whether records are counted even in a window that has none for sure. A page without records is
 * complete then, whatever it counts; otherwise its records may only be missing.
 */
async function countsTheFuture(
	fetcher: PageFetcher,
	path: string,
	buildQuery: (pageSize: number) => Query,
): Promise<boolean> {
	const window = { fromMs: FUTURE_MS };
	const isAnnounced = false;
	const page = { path, window, pageSize: 1, isAnnounced, isResizable: true, buildQuery };
	const { records, fields } = await fetcher.fetch(page);
	return records.length === 0 && (parseCount(fields.totalCount) ?? 0) > 0;
}
