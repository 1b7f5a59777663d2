import type { ParameterRef } from './lists';
import { requirePositive } from './numbers';

/** Reads the option 'Timeout', in seconds; gives milliseconds. */
export function getTimeoutMs(
	context: ParameterRef['context'],
	{ timeout = 60 }: { readonly timeout?: unknown },
	itemIndex?: number,
): number {
	return requirePositive(context, 'Timeout', timeout, itemIndex) * 1000;
}
