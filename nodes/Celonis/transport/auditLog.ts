import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { CelonisFault } from '../faults/fault';
import type { ReadPages } from './pages';
import { createPagesV1 } from './pagesV1';
import { createPagesV2 } from './pagesV2';
import { withPatience } from './patience';
import { createSend } from './request';
import { sleepUnlessCancelled } from './sleepUnlessCancelled';
import { originOf } from './teamUrl';

/** The ways in, as the `authentication` parameter names them. */
export type Authentication = 'oAuth2' | 'key';

/** The credential type of a way in. */
export function credentialTypeOf(authentication: Authentication): string {
	return authentication === 'oAuth2' ? 'celonisOAuth2Api' : 'celonisApi';
}

/** Versions of the Audit Log API. */
export type ApiVersion = 'v1' | 'v2';

/** How to reach the log. */
export interface AuditLogOptions {
	readonly authentication: Authentication;
	readonly apiVersion: ApiVersion;
	/** How long one answer may take. */
	readonly timeoutMs: number;
	/** How many requests may be under way at once; one after the other where it is not given. */
	readonly concurrency?: number;
	/** How long all of the reading may go on, by this machine's clock; else as long as it takes. */
	readonly deadlineMs?: number;
}

/**
 * Opens the audit log of the team that the node's credential belongs to. Nothing is sent yet; a
 * team URL that can't be used is an error here.
 */
export async function openAuditLog(
	context: IExecuteFunctions | IPollFunctions,
	options: AuditLogOptions,
): Promise<ReadPages> {
	const credentialType = credentialTypeOf(options.authentication);
	const { teamUrl } = await context.getCredentials(credentialType);
	const origin = originOf(teamUrl);
	if (origin === undefined) throw new CelonisFault({ kind: 'teamUrl' });

	const { deadlineMs = Infinity, concurrency = 1 } = options;
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const send = createSend(context, {
		origin,
		credentialType,
		timeoutMs: () => Math.max(1, Math.min(options.timeoutMs, deadlineMs - Date.now())),
		cancelled,
	});
	const patientSend = withPatience(send, {
		sleep: async (ms: number) => await sleepUnlessCancelled(ms, cancelled),
		now: Date.now,
		random: Math.random,
		deadlineMs,
		concurrency,
	});
	return options.apiVersion === 'v1' ? createPagesV1(patientSend) : createPagesV2(patientSend);
}
