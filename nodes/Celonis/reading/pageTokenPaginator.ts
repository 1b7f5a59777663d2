import { CelonisError } from '../errors/celonisError';
import { createPaginationGuard, PAGINATION_LIMITS } from './paginationGuard';
import { parseListing, getServerTimes, buildWindowQuery, type Paginator } from './paginator';
import type { Connection } from '../http/connection';

/** developer.celonis.com/changelog, 13 May 2026. */
const MAX_PAGE_SIZE = 500;

/**
 * Pages by token: each page has the token of the next one, until the token is missing, null or empty.
 * An empty page with a token is not the last one.
 */
export function createPageTokenPaginator(
	{ api, send }: Connection,
	path: string,
	limits = PAGINATION_LIMITS,
): Paginator {
	return async function* ({ window, pageSize = MAX_PAGE_SIZE } = {}) {
		const countPage = createPaginationGuard(api, limits);
		const used = new Set<string>();
		let pageToken: string | undefined;
		do {
			const response = await send(path, {
				limit: pageSize,
				pageToken,
				...buildWindowQuery(window),
			});
			const { records, fields } = parseListing(api, response);
			countPage(records.length);

			pageToken = parsePageToken(fields);
			if (pageToken !== undefined && used.has(pageToken)) {
				throw new CelonisError('repeatedPageToken', { api });
			}
			if (pageToken !== undefined) used.add(pageToken);
			yield {
				records,
				pageSize,
				...getServerTimes(api, response),
				isLast: pageToken === undefined,
			};
		} while (pageToken !== undefined);
	};
}

function parsePageToken({ nextPageToken }: Record<string, unknown>): string | undefined {
	if (typeof nextPageToken === 'number') return String(nextPageToken);
	return typeof nextPageToken === 'string' && nextPageToken !== '' ? nextPageToken : undefined;
}
