import { CelonisFault } from '../faults/fault';
import { createPageCounter, READ_LIMITS } from './limits';
import { readListing, timesOf, windowQuery, type ReadPages } from './pages';
import type { Send } from './request';

const PATH = '/log/api/external/audit';

/** Published OpenAPI document of version 1, `findAllAuditLogs`. */
const LARGEST_PAGE = 200;

/**
 * Version 1: pages by number. They shift when a record arrives inside the window while they are
 * read; the total count tells, and then the window has to be read again (fault `shifted`).
 */
export function createPagesV1(send: Send, limits = READ_LIMITS): ReadPages {
	return async function* ({ window, pageSize = LARGEST_PAGE } = {}) {
		const countPage = createPageCounter(limits);
		let count = 0;
		let expected: number | undefined;
		for (let pageNumber = 0; ; pageNumber++) {
			const answer = await send(PATH, { pageNumber, pageSize, ...windowQuery(window) });
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
