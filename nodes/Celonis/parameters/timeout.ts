import type { ParameterPlace } from './lists';
import { requirePositive } from './numbers';

/** Reads the option 'Timeout', in seconds; gives milliseconds. */
export function readTimeout(
	context: ParameterPlace['context'],
	{ timeout = 60 }: { readonly timeout?: unknown },
	itemIndex?: number,
): number {
	return requirePositive(context, 'Timeout', timeout, itemIndex) * 1000;
}
