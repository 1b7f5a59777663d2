import type { IExecuteFunctions } from 'n8n-workflow';
import type { ErrorCode } from '../../../errors/catalog';
import { isCelonisError } from '../../../errors/celonisError';
import { rethrow } from '../../../errors/rethrow';
import type { ConnectionOptions } from '../../../http/connection';
import { fetchMembers } from '../../../members/fetchMembers';
import { fetchClocks } from '../../../reading/fetchClocks';
import { isPageShift } from '../../../reading/pageShift';
import { SOURCES, type SourceName } from '../../../sources';
import { openEventLog } from '../../../sources/openEventLog';
import { TooManyRequests } from './requestMeter';

/** Whether the credential may read something; `unknown` if neither is certain. */
export type Access = 'readable' | 'forbidden' | 'unknown';

/** Errors that say that the credential may not read something. */
const FORBIDDEN: readonly ErrorCode[] = [
	'forbidden',
	'forbiddenWithoutReason',
	'scopeNotRequested',
];

/** What an attempt to read says about access; without an error it was read. */
export function getAccess(error?: unknown): Access {
	if (error === undefined || isPageShift(error)) return 'readable';
	return isCelonisError(error) && FORBIDDEN.includes(error.details.code) ? 'forbidden' : 'unknown';
}

/** Tries to read one member. */
export async function probeMembers(
	context: IExecuteFunctions,
	options: ConnectionOptions,
): Promise<Access> {
	return await probe(
		async () => await fetchMembers(context, options, { includeInternal: false, limit: 1 }),
	);
}

/** Tries to read one event of a log. */
export async function probeLog(
	context: IExecuteFunctions,
	source: SourceName,
	options: ConnectionOptions,
): Promise<Access> {
	return await probe(
		async () => await fetchClocks(await openEventLog(context, SOURCES[source], options, {})),
	);
}

async function probe(read: () => Promise<unknown>): Promise<Access> {
	return await read().then(
		() => getAccess(),
		(error: unknown) => getAccess(requireExpected(error)),
	);
}

/** An error of Celonis, or that there were too many requests. Whatever else was thrown is thrown on. */
export function requireExpected(error: unknown): unknown {
	const isExpected = error instanceof TooManyRequests || isCelonisError(error);
	const isCancelled = isCelonisError(error) && error.details.code === 'cancelled';
	return isExpected && !isCancelled ? error : rethrow(error);
}
