import { CelonisError } from '../errors/celonisError';
import { createPaginationGuard, PAGINATION_LIMITS } from './paginationGuard';
import { parseListing, getServerTimes, buildWindowQuery, type Paginator } from './paginator';
import type { Connection } from '../http/connection';

/** developer.celonis.com/changelog, 13 May 2026. */
const MAX_PAGE_SIZE = 500;

/**
 * Pages of which each names the next page by a token, until the token is missing, null or
 * empty. An empty page with a token is not the end.
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
			const answer = await send(path, { limit: pageSize, pageToken, ...buildWindowQuery(window) });
			const { records, fields } = parseListing(api, answer);
			countPage(records.length);

			pageToken = parsePageToken(fields);
			if (pageToken !== undefined && used.has(pageToken)) {
				throw new CelonisError('repeatedPageToken', { api });
			}
			if (pageToken !== undefined) used.add(pageToken);
			yield { records, pageSize, ...getServerTimes(api, answer), isLast: pageToken === undefined };
		} while (pageToken !== undefined);
	};
}

function parsePageToken({ nextPageToken }: Record<string, unknown>): string | undefined {
	if (typeof nextPageToken === 'number') return String(nextPageToken);
	return typeof nextPageToken === 'string' && nextPageToken !== '' ? nextPageToken : undefined;
}
