import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { requireWholeNumber } from './numbers';

/** How many requests may be under way at once, where the user does not say. */
export const DEFAULT_CONCURRENCY = 4;

/** The most requests at once. */
export const MAX_CONCURRENCY = 16;

/** Reads the option 'Concurrency'. */
export function getConcurrency(
	context: IExecuteFunctions | IPollFunctions,
	options: { readonly concurrency?: number },
	itemIndex?: number,
): number {
	const concurrency = options.concurrency ?? DEFAULT_CONCURRENCY;
	return requireWholeNumber(context, 'Concurrency', concurrency, itemIndex, MAX_CONCURRENCY);
}
