import { CelonisFault } from '../errors/celonisError';
import { createPageCounter, READ_LIMITS } from './paginationGuard';
import { readListing, timesOf, windowQuery, type ReadPages } from './paginator';
import type { Query, Send } from '../http/request';

/** Published OpenAPI documents: `findAllAuditLogs`, `findAllAuthenticationEvents` and the members. */
const LARGEST_PAGE = 200;

/** What is read page by page: the path, and query parameters besides page and window. */
export interface Listing {
	readonly path: string;
	readonly query?: Query;
}

/**
 * Pages by number. They shift when a record arrives inside the window while they are read; the total
 * count tells, and then the window has to be read again (fault `shifted`).
 */
export function createNumberedPages(
	send: Send,
	{ path, query }: Listing,
	limits = READ_LIMITS,
): ReadPages {
	return async function* ({ window, pageSize = LARGEST_PAGE } = {}) {
		const countPage = createPageCounter(limits);
		let count = 0;
		let expected: number | undefined;
		for (let pageNumber = 0; ; pageNumber++) {
			const answer = await send(path, { ...query, pageNumber, pageSize, ...windowQuery(window) });
			const { records, fields } = readListing(answer);
			countPage(records.length);
			const total = typeof fields.totalCount === 'number' ? fields.totalCount : undefined;
			count += records.length;
			if (pageNumber === 0) expected = total;

			const isLast = records.length === 0 || (expected !== undefined && count >= expected);
			const hasShifted =
				(total !== undefined && total !== expected) ||
				(isLast && expected !== undefined && count !== expected);
			if (hasShifted) throw new CelonisFault({ kind: 'shifted' });

			yield { records, pageSize, ...timesOf(answer), total: expected, isLast };
			if (isLast) return;
		}
	};
}
