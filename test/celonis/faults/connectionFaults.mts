import { textResponse } from '../responses.mts';
import type { InjectedFault } from './faultInjector.mts';

export function truncatedBody(): InjectedFault {
	return { name: 'truncated body', type: 'truncate' };
}

/** A complete HTTP response with only the first half of its JSON. */
export function truncatedJson(): InjectedFault {
	return {
		name: 'cut JSON',
		type: 'transform',
		transform: (response) => ({
			...response,
			body: response.body.slice(0, response.body.length / 2),
		}),
	};
}

/** A response without a `Date` header. */
export function missingDate(): InjectedFault {
	return {
		name: 'without date',
		type: 'transform',
		transform: (response) => ({ ...response, headers: { ...response.headers, date: '' } }),
	};
}

/** The request is executed, but a gateway responds with an error. */
export function lostResponse(status = 502): InjectedFault {
	return {
		name: `lost answer ${status}`,
		type: 'transform',
		transform: () => textResponse(status, 'Bad Gateway'),
	};
}

export function trickle(): InjectedFault {
	return { name: 'trickle', type: 'trickle' };
}

export function flood(): InjectedFault {
	return { name: 'flood', type: 'flood' };
}

export function resetBeforeResponse(): InjectedFault {
	return { name: 'reset before answer', type: 'reset', at: 'start' };
}

export function resetInBody(): InjectedFault {
	return { name: 'reset in body', type: 'reset', at: 'body' };
}

export function hang(): InjectedFault {
	return { name: 'hang', type: 'hang' };
}
