import { CelonisFault } from '../errors/celonisError';
import { createPageCounter, READ_LIMITS } from './paginationGuard';
import { readListing, timesOf, windowQuery, type ReadPages } from './paginator';
import type { Send } from '../http/request';

/** developer.celonis.com/changelog, 13 May 2026. */
const LARGEST_PAGE = 500;

/**
 * Pages of which each names the next page by a token, until the token is missing, null or
 * empty. An empty page with a token is not the end.
 */
export function createTokenPages(send: Send, path: string, limits = READ_LIMITS): ReadPages {
	return async function* ({ window, pageSize = LARGEST_PAGE } = {}) {
		const countPage = createPageCounter(limits);
		const used = new Set<string>();
		let pageToken: string | undefined;
		do {
			const answer = await send(path, { limit: pageSize, pageToken, ...windowQuery(window) });
			const { records, fields } = readListing(answer);
			countPage(records.length);

			pageToken = tokenIn(fields);
			if (pageToken !== undefined && used.has(pageToken)) {
				throw new CelonisFault({ kind: 'repeatedToken' });
			}
			if (pageToken !== undefined) used.add(pageToken);
			yield { records, pageSize, ...timesOf(answer), isLast: pageToken === undefined };
		} while (pageToken !== undefined);
	};
}

function tokenIn({ nextPageToken }: Record<string, unknown>): string | undefined {
	if (typeof nextPageToken === 'number') return String(nextPageToken);
	return typeof nextPageToken === 'string' && nextPageToken !== '' ? nextPageToken : undefined;
}
