import { jsonResponse } from '../responses.mts';
import type { InjectedFault } from './faultInjector.mts';
import { PAGE_PATHS } from './pageFaults.mts';

// Responses with status 200 to a request for a page, which have no page: they are no empty log.

/** JSON with status 200 in place of a page. */
export function jsonInPlaceOfPage(body: unknown, name = 'JSON, no page'): InjectedFault {
	return {
		name,
		type: 'respond',
		response: jsonResponse(200, body),
		possibleFor: ({ path }) => PAGE_PATHS.includes(path),
	};
}

/** The page of a team under maintenance, as JSON. Its only list is empty, and no list of records. */
export function maintenanceJson(): InjectedFault {
	return jsonInPlaceOfPage({ status: 'maintenance', messages: [] }, 'maintenance JSON');
}

/** Errors in the form of Celonis' services, with status 200. */
export function errorsInBody(error = 'The log cannot be read'): InjectedFault {
	const errors = [{ attribute: 'log', error, errorCode: 'LOG_UNAVAILABLE' }];
	return jsonInPlaceOfPage({ errors }, 'errors in a 200');
}

/** An HTTP status other than 200 in the body only. */
export function statusInBody(status: number | string = 500): InjectedFault {
	return jsonInPlaceOfPage({ status, content: null }, `status ${status} in a 200`);
}

/** A page whose list is null, beside another list. */
export function linksWithoutContent(): InjectedFault {
	return jsonInPlaceOfPage({ content: null, links: [] }, 'links without content');
}
