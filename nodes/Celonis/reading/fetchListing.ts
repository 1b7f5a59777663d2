import { addFact, isCelonisError } from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { Connection } from '../http/connection';
import type { Query, SendOptions } from '../http/request';
import type { HttpResponse } from '../http/response';
import { parseListing, type Listing } from './parseListing';

export interface FetchedListing extends Listing {
	readonly response: HttpResponse;
}

/**
 * Fetches a part of a list. If a page before it has announced it, a response that only says that there
 * is nothing to show is believed when it comes twice: it would end the list silently.
 */
export async function fetchListing(
	{ api, send }: Connection,
	path: string,
	buildQuery: () => Query,
	isAnnounced: boolean,
	options?: SendOptions,
): Promise<FetchedListing> {
	const fetchOnce = async () => {
		const response = await send(path, buildQuery(), options);
		return { response, ...parseListing(api, response) };
	};
	const listing = await fetchOnce();
	if (!isAnnounced || listing.hasList) return listing;
	return await fetchOnce().catch((error: unknown) =>
		rethrow(isCelonisError(error) ? addFact(error, { isConfirmation: true }) : error),
	);
}
