import { isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';

/** How often a window is read at most, while its pages shift. */
const MAX_READS = 5;

/** Whether pages shifted while they were read. */
export function isPageShift(error: unknown): boolean {
	return isCelonisError(error) && error.details.code === 'pageShift';
}

/** Reads again if pages shifted; after some reads it throws the error `pageShift`. */
export async function retryOnPageShift<T>(read: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt++) {
		const outcome = await read().then(
			(value) => ({ value }),
			(error: unknown) => (isPageShift(error) && attempt < MAX_READS ? undefined : rethrow(error)),
		);
		if (outcome) return outcome.value;
	}
}
