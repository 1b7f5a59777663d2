import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { APIS, type ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import { withRequestPipeline } from './pipeline';
import { createRequestSender, type SendRequest } from './request';
import { abortableSleep } from './abortableSleep';
import { parseTeamOrigin } from './teamUrl';

/** The ways in, as the `authentication` parameter names them. */
export type Authentication = 'oAuth2' | 'key';

/** The credential type of a way in. */
export function getCredentialType(authentication: Authentication): string {
	return authentication === 'oAuth2' ? 'celonisOAuth2Api' : 'celonisApi';
}

/** How to reach an API. */
export interface ConnectionOptions {
	readonly authentication: Authentication;
	/** How long one answer may take. */
	readonly timeoutMs: number;
	/** How many requests may be under way at once; one after the other where it is not given. */
	readonly concurrency?: number;
	/** How long all of it may go on, by this machine's clock; else as long as it takes. */
	readonly deadlineMs?: number;
}

/**
 * The way to an API of the team that the node's credential belongs to. Nothing is sent yet; a team
 * URL that can't be used is an error here.
 */
export async function openConnection(
	context: IExecuteFunctions | IPollFunctions,
	api: ApiName,
	options: ConnectionOptions,
): Promise<SendRequest> {
	const credentialType = getCredentialType(options.authentication);
	const { teamUrl, scope } = await context.getCredentials(credentialType);
	const origin = parseTeamOrigin(teamUrl);
	if (origin === undefined) throw new CelonisError({ code: 'teamUrl' });

	const { deadlineMs = Infinity, concurrency = 1 } = options;
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const send = createRequestSender(context, {
		origin,
		credentialType,
		lacksScope: options.authentication === 'oAuth2' && !requestsScope(scope, api),
		timeoutMs: () => Math.max(1, Math.min(options.timeoutMs, deadlineMs - Date.now())),
		cancelled,
	});
	return withRequestPipeline(send, {
		sleep: async (ms: number) => await abortableSleep(ms, cancelled),
		now: Date.now,
		random: Math.random,
		deadlineMs,
		concurrency,
	});
}

/** A credential without any scope leaves it to Celonis what its tokens are for. */
function requestsScope(scope: unknown, api: ApiName): boolean {
	const asked = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : [];
	const needed: readonly string[] = APIS[api].scopes;
	return asked.length === 0 || asked.some((each) => needed.includes(each));
}
