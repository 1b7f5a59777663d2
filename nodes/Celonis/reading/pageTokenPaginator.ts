import { CelonisError, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Connection } from '../http/connection';
import { PageFetcher } from './pageFetcher';
import { parsePageToken } from './pageToken';
import type { PaginationLimits } from './paginationGuard';
import { readClocks, type PageRequest, type Paginator } from './paginator';
import { parseCount } from './parseListing';
import { TokenRefusals } from './tokenRefusals';

/** developer.celonis.com/changelog, 13 May 2026. */
const MAX_PAGE_SIZE = 500;

/**
 * Pages by token: each page has the token of the next one, until the token is missing, null or empty.
 * An empty page with a token is not the last one. A token is a text or a number, which is not documented.
 * A token may expire: its window has to be read again then (see `isPageShift`).
 */
export function createPageTokenPaginator(
	connection: Connection,
	path: string,
	limits?: Partial<PaginationLimits>,
): Paginator {
	const { api } = connection;
	const fetcher = new PageFetcher(connection, limits);
	const fetchPage = createPageFetch(fetcher, path);
	return async function* ({ window, pageSize: desiredSize = MAX_PAGE_SIZE } = {}) {
		const countPage = fetcher.guard.startSequence(window);
		const used = new Set<string>();
		let pageToken: string | undefined;
		let count = 0;
		do {
			const { response, records, fields, pageSize } = await fetchPage(
				window,
				desiredSize,
				pageToken,
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
			yield { records, pageSize, clocks: readClocks(response), isLast };
		} while (pageToken !== undefined);
	};
}

/** Fetches a page by its token; the first page has none. */
function createPageFetch(fetcher: PageFetcher, path: string) {
	const refusals = new TokenRefusals();
	return async (window: PageRequest['window'], desiredSize: number, pageToken?: string) => {
		const { count } = refusals;
		const page = await fetcher
			.fetch({
				path,
				window,
				pageSize: desiredSize,
				isAnnounced: pageToken !== undefined,
				isResizable: true,
				buildQuery: (limit) => ({ limit, pageToken }),
			})
			.catch((error: unknown) => {
				const isOfToken = pageToken !== undefined && isCelonisError(error);
				return rethrow(isOfToken ? refusals.explain(error, count) : error);
			});
		if (pageToken !== undefined) refusals.accept();
		return page;
	};
}
