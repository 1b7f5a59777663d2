import { CelonisError } from '../errors/celonisError';
import type { Paginator } from './paginator';

/** A paginator that throws the error `cancelled` instead of the next page once the read is stopped. */
export function createStoppablePaginator(paginate: Paginator, isStopped: () => boolean): Paginator {
	const throwIfStopped = () => {
		if (isStopped()) throw new CelonisError('cancelled');
	};
	return async function* (request) {
		throwIfStopped();
		for await (const page of paginate(request)) {
			yield page;
			throwIfStopped();
		}
	};
}
