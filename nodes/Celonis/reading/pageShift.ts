import { isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';

/** How often a window is read at most, while its pages shift. */
export const MAX_READS = 5;

/** Whether the pages have to be read again: they shifted, or they cannot be continued. */
export function isPageShift(error: unknown): boolean {
	if (!isCelonisError(error)) return false;
	return error.details.code === 'pageShift' || error.details.isSequenceBroken === true;
}

/** Whether a page token may have expired because other windows were read in parallel. */
export function isTokenRefused(error: unknown): boolean {
	return isCelonisError(error) && error.details.isTokenRefused === true;
}

/** Reads again after errors that allow it; after some reads it throws the last error. */
export async function retryOnPageShift<T>(
	read: () => Promise<T>,
	maxReads: number = MAX_READS,
	mayReadAgain: (error: unknown) => boolean = isPageShift,
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) => (mayReadAgain(error) && attempt < maxReads ? undefined : rethrow(error)),
		);
		if (outcome) return outcome.value;
	}
}
