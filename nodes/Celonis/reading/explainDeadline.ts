import { CelonisError, isCelonisError, isPollDeadlineExceeded } from '../errors/celonisError';

/**
 * The error to show if a poll has run out of time without any progress. If most of its pages were odd
 * (see `PaginationGuard`), more time would not help: the error is `endlessPaging` then.
 */
export function explainDeadline(error: unknown): unknown {
	if (!isCelonisError(error) || !isPollDeadlineExceeded(error)) return error;
	const { api, limit } = error.details;
	return api && limit !== undefined ? new CelonisError('endlessPaging', { api, limit }) : error;
}
