import { CelonisError } from '../errors/celonisError';
import { createPaginationGuard, PAGINATION_LIMITS } from './paginationGuard';
import { parseListing, getServerTimes, buildWindowQuery, type Paginator } from './paginator';
import type { Connection } from '../http/connection';
import type { Query } from '../http/request';

/** Published OpenAPI documents: `findAllAuditLogs`, `findAllAuthenticationEvents` and the members. */
const MAX_PAGE_SIZE = 200;

/** What is read page by page: the path, and query parameters besides page and window. */
export interface PagedResource {
	readonly path: string;
	readonly query?: Query;
}

/**
 * Pages by number. They shift if a record arrives inside the window while they are read. The total
 * count shows this: the window has to be read again then (error `pageShift`).
 */
export function createPageNumberPaginator(
	{ api, send }: Connection,
	{ path, query }: PagedResource,
	limits = PAGINATION_LIMITS,
): Paginator {
	return async function* ({ window, pageSize = MAX_PAGE_SIZE } = {}) {
		const countPage = createPaginationGuard(api, limits);
		let count = 0;
		let expected: number | undefined;
		for (let pageNumber = 0; ; pageNumber++) {
			const response = await send(path, {
				...query,
				pageNumber,
				pageSize,
				...buildWindowQuery(window),
			});
			const { records, fields } = parseListing(api, response);
			countPage(records.length);
			const total = typeof fields.totalCount === 'number' ? fields.totalCount : undefined;
			count += records.length;
			if (pageNumber === 0) expected = total;

			const isLast = records.length === 0 || (expected !== undefined && count >= expected);
			const hasShifted =
				(total !== undefined && total !== expected) ||
				(isLast && expected !== undefined && count !== expected);
			if (hasShifted) throw new CelonisError('pageShift', { api });

			yield { records, pageSize, ...getServerTimes(api, response), total: expected, isLast };
			if (isLast) return;
		}
	};
}
