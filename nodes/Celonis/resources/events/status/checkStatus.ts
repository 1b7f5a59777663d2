import type { IExecuteFunctions } from 'n8n-workflow';
import { CelonisError, isCelonisError } from '../../../errors/celonisError';
import type { ConnectionOptions } from '../../../http/connection';
import { isPageShift, retryOnPageShift } from '../../../reading/pageShift';
import type { SourceName } from '../../../sources';
import { openEventLog } from '../../../sources/openEventLog';
import type { Source } from '../../../sources/source';
import { getAccess, probeLog, probeMembers, requireExpected, type Access } from './access';
import { Activity } from './activity';
import { RequestMeter } from './requestMeter';

/** The most requests of one status, without the one for an access token. */
const MAX_REQUESTS = 5;

/** Requests that are left for the other log. */
const RESERVED_REQUESTS = 1;

/** A fault that passes within this time is none. A rate limit is one: it is what a status shows. */
const RETRY = { maxAttempts: 2, maxRetryDurationMs: 1900 };

/** How often the log is read, if its count changes meanwhile. */
const MAX_READS = 2;

/** How a status is checked. */
export interface StatusOptions
	extends Pick<ConnectionOptions, 'authentication' | 'itemIndex' | 'timeoutMs'> {
	/** Missing for a log that has no versions. */
	readonly apiVersion?: 'v1' | 'v2';
}

/** What is known about a log and the access to it. */
export interface Status {
	readonly source: SourceName;
	readonly apiVersion: 'v1' | 'v2' | null;
	/** The host of the team; missing if the credential's team URL is invalid. */
	readonly team?: string;
	/** Missing if nothing could be read. */
	readonly activity?: Activity;
	readonly access: Readonly<Record<SourceName | 'members', Access>>;
	/** Why the log could not be read. */
	readonly error?: CelonisError;
	readonly meter: RequestMeter;
}

/** Checks a log. An error of Celonis is part of the status; others are thrown. */
export async function checkStatus(
	context: IExecuteFunctions,
	source: Source,
	{ apiVersion, ...options }: StatusOptions,
): Promise<Status> {
	const meter = new RequestMeter(MAX_REQUESTS);
	const connection: ConnectionOptions = { ...options, retry: RETRY, observer: meter };
	const single: ConnectionOptions = { ...connection, retry: { maxAttempts: 1 } };
	// The response also tells the server's time, by which the log is read.
	const members = await probeMembers(context, single);
	const { team, activity, failure } = await readLog(context, source, connection, apiVersion, meter);
	const own = activity?.lastDay ? 'readable' : getAccess(failure);
	const canProbe = own !== 'unknown' && meter.hasMoreThan(0);
	const otherName: SourceName = source.api === 'auditLog' ? 'loginHistory' : 'auditLog';
	const other = canProbe ? await probeLog(context, otherName, single) : 'unknown';
	const access = {
		auditLog: source.api === 'auditLog' ? own : other,
		loginHistory: source.api === 'auditLog' ? other : own,
		members,
	};
	const error = explainFailure(source.api, failure, own);
	return {
		source: source.api,
		apiVersion: apiVersion ?? null,
		team,
		activity,
		access,
		error,
		meter,
	};
}

/** Why a log could not be read. Pages that shift, and requests that were saved, are no failure. */
function explainFailure(
	api: SourceName,
	failure: unknown,
	access: Access,
): CelonisError | undefined {
	if (isCelonisError(failure)) return isPageShift(failure) ? undefined : failure;
	if (failure === undefined || access === 'readable') return undefined;
	return new CelonisError('endlessPaging', { api, limit: `${MAX_REQUESTS} requests` });
}

async function readLog(
	context: IExecuteFunctions,
	source: Source,
	options: ConnectionOptions,
	apiVersion: StatusOptions['apiVersion'],
	meter: RequestMeter,
): Promise<{ team?: string; activity?: Activity; failure?: unknown }> {
	let team: string | undefined;
	let activity: Activity | undefined;
	const read = async () => {
		const log = await openEventLog(context, source, options, { apiVersion });
		team = log.team;
		await retryOnPageShift(async () => {
			activity = new Activity(log, {
				hasCount: apiVersion !== 'v2',
				getNow: () => meter.getNow(),
				canContinue: () => meter.hasMoreThan(RESERVED_REQUESTS),
			});
			await activity.read();
		}, MAX_READS);
	};
	const failure = await read().then(() => undefined, requireExpected);
	return { team, activity, failure };
}
