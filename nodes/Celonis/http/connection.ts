import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { APIS, type ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import { createCredentialScope } from './credentialScope';
import { createClock } from './clock';
import { concurrencyMemory } from './concurrencyMemory';
import { withRequestPipeline, type PipelineOptions } from './pipeline';
import { createRequestSender, type RequestObserver, type SendRequest } from './request';
import { getSecrets } from './secrets';
import { parseTeamOrigin } from './teamUrl';
import { requireNoUnencryptedProxy } from './unencryptedProxy';

/** The authentication methods, as the parameter `authentication` names them. */
export type Authentication = 'oAuth2' | 'key';

/** The credential type of an authentication method. */
export function getCredentialType(authentication: Authentication): string {
	return authentication === 'oAuth2' ? 'celonisOAuth2Api' : 'celonisApi';
}

export interface ConnectionOptions {
	/** The input item whose credential is used; the first one by default. */
	readonly itemIndex?: number;
	readonly authentication: Authentication;
	/** How long one request may take. */
	readonly timeoutMs: number;
	/** Maximum number of parallel requests; 1 by default. */
	readonly concurrency?: number;
	/** Nothing is sent or waited for after this moment on this machine's clock. */
	readonly deadlineMs?: number;
	/** How requests are retried; as the catalog says by default. */
	readonly retry?: Pick<PipelineOptions, 'maxAttempts' | 'maxRetryDurationMs'>;
	readonly observer?: RequestObserver;
}

/** A connection to one API of a team. */
export interface Connection {
	/** The API that errors are about. */
	readonly api: ApiName;
	/** The host of the team, such as `acme.eu-1.celonis.cloud`. */
	readonly team: string;
	readonly send: SendRequest;
	/** How many requests are sent in parallel at present. */
	readonly getConcurrency?: () => number;
}

/** A connection that knows its secrets, for responses whose texts users see. */
export interface OpenConnection extends Connection {
	/** The keys, secrets and tokens of the item's credential, in all forms: see `getSecrets`. */
	getSecrets(): Promise<readonly string[]>;
}

/**
 * Opens a connection to an API of the team of the item's credential. Nothing is sent to it yet; an invalid team URL
 * is an error.
 */
export async function openConnection(
	context: IExecuteFunctions | IPollFunctions,
	api: ApiName,
	options: ConnectionOptions,
): Promise<OpenConnection> {
	const credentialType = getCredentialType(options.authentication);
	const credential = createCredentialScope(context, api, options.itemIndex);
	const { teamUrl, scope } = await credential.context.getCredentials(credentialType);
	const origin = parseTeamOrigin(teamUrl);
	if (origin === undefined) throw new CelonisError('invalidTeamUrl', { api });
	await requireNoUnencryptedProxy(context, api, origin);

	const { deadlineMs = Infinity, concurrency = 1 } = options;
	const team = new URL(origin).host;
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	const clock = createClock(cancelled);
	const sendOnce = createRequestSender(credential.context, {
		api,
		origin,
		credentialType,
		credential,
		clock,
		lacksScope: options.authentication === 'oAuth2' && !requestsScope(scope, api),
		timeoutMs: (maxTimeShare = 1) =>
			Math.max(1, Math.min(options.timeoutMs, maxTimeShare * (deadlineMs - clock.now()))),
		cancelled,
		observer: options.observer,
	});
	const requests = withRequestPipeline(sendOnce, {
		api,
		clock,
		random: Math.random,
		deadlineMs,
		concurrency,
		knownLimit: concurrencyMemory.get(team, api, clock.now()),
		onLimitKnown: (known) => concurrencyMemory.set(team, api, known, clock.now()),
		...options.retry,
	});
	return {
		api,
		team,
		...requests,
		getSecrets: async () => await getSecrets(credential.context, credentialType),
	};
}

/** If the credential requests no scope at all, Celonis decides on the scopes of its tokens. */
function requestsScope(scope: unknown, api: ApiName): boolean {
	const requested = typeof scope === 'string' ? scope.split(/\s+/).filter(Boolean) : [];
	const sufficient: readonly string[] = APIS[api].scopes;
	return requested.length === 0 || requested.some((each) => sufficient.includes(each));
}
