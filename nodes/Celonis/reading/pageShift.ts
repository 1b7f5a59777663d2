import { isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';

/** How often a window is read at most, while its pages shift. */
const MAX_READS = 5;

/** Whether the pages have to be read again: they shifted, or they cannot be continued. */
export function isPageShift(error: unknown): boolean {
	if (!isCelonisError(error)) return false;
	return error.details.code === 'pageShift' || error.details.isSequenceBroken === true;
}

/** Reads again if pages shifted; after some reads it throws the last error. */
export async function retryOnPageShift<T>(
	read: () => Promise<T>,
	maxReads: number = MAX_READS,
): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) => (isPageShift(error) && attempt < maxReads ? undefined : rethrow(error)),
		);
		if (outcome) return outcome.value;
	}
}
