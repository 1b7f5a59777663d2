import type { RecordProblem } from '../audit/record';

/** Everything that can go wrong between the node and the log, sorted once. */
export type Fault =
	/** 401: the key or token is not known, or no longer. */
	| { readonly kind: 'unauthorized'; readonly detail?: string }
	/** The token endpoint gave no token. `code` as RFC 6749 names it, where it was given. */
	| { readonly kind: 'noToken'; readonly code?: string; readonly detail?: string }
	/** 403: known, but not allowed. */
	| { readonly kind: 'forbidden'; readonly detail?: string }
	| { readonly kind: 'badRequest'; readonly detail?: string }
	| { readonly kind: 'notFound'; readonly detail?: string }
	/** 429. `waitMs` where Celonis said how long. */
	| { readonly kind: 'rateLimited'; readonly waitMs?: number; readonly detail?: string }
	| { readonly kind: 'server'; readonly status: number; readonly detail?: string }
	| { readonly kind: 'unexpectedStatus'; readonly status: number; readonly detail?: string }
	/** 3xx. Not followed: the key would go along. */
	| { readonly kind: 'redirected'; readonly status: number }
	/** A good status, but not the audit log: a web page, nothing, another product's JSON. */
	| { readonly kind: 'notTheLog'; readonly found: 'webPage' | 'nothing' | 'text' | 'otherJson' }
	/** JSON that stops in the middle. */
	| { readonly kind: 'cutOff' }
	| { readonly kind: 'brokenRecord'; readonly problem: RecordProblem }
	/** A page token that was already used: following it would never end. */
	| { readonly kind: 'repeatedToken' }
	/** The log grew inside the window while its pages were read, so that pages shifted. */
	| { readonly kind: 'shifted' }
	| { readonly kind: 'noServerTime' }
	/** No answer at all. `code` as Node.js names it. */
	| { readonly kind: 'network'; readonly code: string }
	| { readonly kind: 'timeout' }
	/** The poll's time was over before the window was read. */
	| { readonly kind: 'outOfTime' }
	| { readonly kind: 'cancelled' };

/** A fault on its way to the place that turns it into n8n's error. */
export class CelonisFault extends Error {
	constructor(readonly fault: Fault) {
		super(fault.kind);
		this.name = 'CelonisFault';
	}
}

/** Whether the same request may well succeed in a moment. All requests here are reads. */
export function isPassing(fault: Fault): boolean {
	switch (fault.kind) {
		case 'rateLimited':
		case 'cutOff':
		case 'timeout':
			return true;
		case 'network':
			return PASSING_NETWORK_CODES.has(fault.code);
		case 'server':
			return fault.status === 502 || fault.status === 503 || fault.status === 504;
		default:
			return false;
	}
}

const PASSING_NETWORK_CODES: ReadonlySet<string> = new Set([
	'ECONNRESET',
	'EPIPE',
	'EAI_AGAIN',
	'ECONNREFUSED',
	'ENETUNREACH',
	'EHOSTUNREACH',
]);
