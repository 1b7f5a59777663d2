import type { ErrorCode } from './catalog';

/** What a request met before Celonis took it on: it surely was not carried out. */
const BEFORE: ReadonlySet<ErrorCode> = new Set(['rateLimited', 'unknownHost', 'unreachable']);

/** After these, a request may have been carried out, and what it was part of is worth another try. */
const PERHAPS: ReadonlySet<ErrorCode> = new Set([
	'connectionLost',
	'timeout',
	'cutOff',
	'serverFault',
	'unavailable',
	'webPage',
	'network',
]);

/** Whether a request that ended so surely was not carried out: it can be sent again. */
export function isSafeToRetry(kind: ErrorCode): boolean {
	return BEFORE.has(kind);
}

/** Whether it is not known if a request that ended so was carried out. Refusals are certain. */
export function isOutcomeUnknown(kind: ErrorCode): boolean {
	return PERHAPS.has(kind);
}
