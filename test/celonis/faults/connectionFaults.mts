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
	return replaceDate('without date', () => '');
}

/** Two `Date` headers: a proxy, whose clock is ahead, adds its own. */
export function doubledDate(): InjectedFault {
	return replaceDate('two dates', (atMs) => `${toHttpDate(atMs)}\n${toHttpDate(atMs + 7000)}`);
}

/** A `Date` header that is no date of HTTP. */
export function invalidDate(date = 'yesterday'): InjectedFault {
	return replaceDate('invalid date', () => date);
}

/** A `Date` header of a server whose clock is ahead, or behind (negative). */
export function shiftedDate(byMs: number): InjectedFault {
	return replaceDate('shifted date', (atMs) => toHttpDate(atMs + byMs));
}

function replaceDate(name: string, formatDate: (atMs: number) => string): InjectedFault {
	return {
		name,
		type: 'transform',
		transform: (response, { at }) => ({
			...response,
			headers: { ...response.headers, date: formatDate(at) },
		}),
	};
}

function toHttpDate(epochMs: number): string {
	return new Date(epochMs).toUTCString();
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
