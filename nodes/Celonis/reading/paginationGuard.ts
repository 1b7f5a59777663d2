import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';

/** Limits of one sequence of pages. More would not fit into n8n's memory, or is not a log. */
export interface PaginationLimits {
	readonly maxPages: number;
	readonly maxRecords: number;
	/** Successive pages without a record. */
	readonly maxEmptyPages: number;
}

export const PAGINATION_LIMITS: PaginationLimits = {
	maxPages: 20_000,
	maxRecords: 1_000_000,
	maxEmptyPages: 300,
};

/** Counts the records of each page; throws the error `endlessPaging` beyond the limits. */
export function createPaginationGuard(
	api: ApiName,
	limits: PaginationLimits,
): (records: number) => void {
	const createError = (limit: string) => new CelonisError('endlessPaging', { api, limit });
	let pages = 0;
	let records = 0;
	let emptyPages = 0;
	return (found) => {
		pages++;
		records += found;
		emptyPages = found === 0 ? emptyPages + 1 : 0;
		if (emptyPages > limits.maxEmptyPages) throw createError(`${emptyPages} empty pages`);
		if (records > limits.maxRecords) throw createError(`${records} events`);
		if (pages > limits.maxPages) throw createError(`${pages} pages`);
	};
}
