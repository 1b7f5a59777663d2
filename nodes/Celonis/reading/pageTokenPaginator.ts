import { CelonisError, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Connection } from '../http/connection';
import { PageFetcher } from './pageFetcher';
import { parsePageToken } from './pageToken';
import type { PaginationLimits } from './paginationGuard';
import { readClocks, type PageRequest, type Paginator } from './paginator';
import { parseCount } from './parseListing';
import { TokenReadings } from './tokenReadings';
import { TokenRefusals } from './tokenRefusals';

/** developer.celonis.com/changelog, 13 May 2026. */
const MAX_PAGE_SIZE = 500;

/**
 * Pages by token: each page has the token of the next one, until the token is missing, null or empty.
 * An empty page with a token is not the last one. A token is a text or a number, which is not documented.
 * A token may expire, and pages may shift: the window has to be read again then (see `isPageShift`).
 */
export function createPageTokenPaginator(
	connection: Connection,
	path: string,
	limits?: Partial<PaginationLimits>,
): Paginator {
	const { api } = connection;
	const fetcher = new PageFetcher(connection, limits);
	const fetchPage = createPageFetch(fetcher, path);
	const readings = new TokenReadings();
	return async function* ({ window, pageSize: desiredSize = MAX_PAGE_SIZE } = {}) {
		const countPage = fetcher.guard.startSequence(window);
		const mustReadAgain = readings.start(window);
		const used = new Set<string>();
		let pageToken: string | undefined;
		let count = 0;
		do {
			const { response, records, fields, pageSize } = await fetchPage(
				window,
				desiredSize,
				pageToken === undefined ? undefined : { pageToken, count },
			);
			count += records.length;
			pageToken = parsePageToken(api, fields);
			const isLast = pageToken === undefined;
			countPage({ records, pageSize, isLast });
			const lacksRecords = isLast && count === 0 && (parseCount(fields.totalCount) ?? 0) > 0;
			if (lacksRecords) throw new CelonisError('unexpectedJson', { api });
			if (pageToken !== undefined && used.has(pageToken)) {
				throw new CelonisError('repeatedPageToken', { api });
			}
			if (pageToken !== undefined) used.add(pageToken);
			if (mustReadAgain({ records, isLast })) throw new CelonisError('pageShift', { api });
			yield { records, pageSize, clocks: readClocks(response), isLast };
		} while (pageToken !== undefined);
	};
}

/** Where a page after the first one starts. */
interface PagePosition {
	readonly pageToken: string;
	/** How many records there are on the pages before it. */
	readonly count: number;
}

/** Fetches a page by its token; the first page has none. */
function createPageFetch(fetcher: PageFetcher, path: string) {
	const refusals = new TokenRefusals();
	/** Positions whose page showed nothing, before its token was refused. */
	const emptyPositions = new Set<string>();
	return async (window: PageRequest['window'], desiredSize: number, position?: PagePosition) => {
		const key = JSON.stringify([window, position?.count]);
		const { count } = refusals;
		const page = await fetcher
			.fetch({
				path,
				window,
				pageSize: desiredSize,
				isAnnounced: position !== undefined,
				wasEmpty: emptyPositions.has(key),
				isResizable: true,
				buildQuery: (limit) => ({ limit, pageToken: position?.pageToken }),
			})
			.catch((error: unknown) => {
				if (!position || !isCelonisError(error)) return rethrow(error);
				const explained = refusals.explain(error, count);
				const { isTokenRefused, isConfirmation } = explained.details;
				if (isTokenRefused && isConfirmation) emptyPositions.add(key);
				return rethrow(explained);
			});
		if (position) refusals.accept();
		return page;
	};
}
