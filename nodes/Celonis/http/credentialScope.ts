import { hash } from 'crypto';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { CelonisError } from '../errors/celonisError';
import type { ApiName } from '../errors/apis';
import { rethrow } from '../errors/rethrow';
import { isJsonObject } from '../records/json';
import { AcceptedCredential } from './acceptedCredential';
import { overrideCredentials, type NodeContext } from './nodeContext';
import { parseTeamOrigin } from './teamUrl';

/** The credential of one input item, and the access tokens of its client. */
export interface CredentialScope {
	/** The node's context, whose credentials are those of the item. n8n's request function asks it. */
	readonly context: NodeContext;
	/**
	 * Whether n8n has stored the token of another client: the credential has expressions, and other
	 * items or executions use it for other teams. n8n must not send that token.
	 */
	readonly isShared: boolean;
	/** The credential that later requests need not read again. */
	readonly accepted: AcceptedCredential;
	/** Drops the token that was sent last, so that n8n fetches another one. */
	dropToken(): void;
}

/** Marks a token with the client that it was issued to, in what n8n stores of it. */
const CLIENT_MARK = 'issuedTo';

/** The tokens of an execution, by client. n8n itself stores one token for each credential. */
const tokensByContext = new WeakMap<NodeContext, Map<string, IDataObject>>();

/**
 * The credential of an input item. n8n's request function would use that of the first item, and it
 * would send a stored token to whichever team the credential leads to.
 */
export function createCredentialScope(
	context: NodeContext,
	api: ApiName,
	itemIndex?: number,
): CredentialScope {
	const tokens = tokensByContext.get(context) ?? new Map<string, IDataObject>();
	tokensByContext.set(context, tokens);
	let isShared = false;
	let dropped: unknown;
	let last: unknown;
	const accepted = new AcceptedCredential(context);

	const getCredentials = async (type: string) => {
		const credentials = await evaluate(context, api, type, itemIndex);
		if (credentials.grantType === undefined) return accepted.remember(credentials);
		const client = identifyAccount(credentials);
		const stored = credentials.oauthTokenData;
		const isOwn = isJsonObject(stored) && stored[CLIENT_MARK] === client;
		isShared ||= isJsonObject(stored) && CLIENT_MARK in stored && !isOwn;
		const candidate = isOwn ? (stored as IDataObject) : tokens.get(client);
		const isDropped = dropped !== undefined && candidate?.access_token === dropped;
		let token = isDropped ? undefined : candidate;
		last = token?.access_token;
		// n8n derives the address from a team URL whose expressions are not evaluated.
		const accessTokenUrl = `${parseTeamOrigin(credentials.teamUrl) ?? ''}/oauth2/token`;
		const own = Object.defineProperty({ ...credentials, accessTokenUrl }, 'oauthTokenData', {
			enumerable: true,
			get: () => token,
			// n8n sets it after it has fetched a token, and before it stores it.
			set: (fetched: IDataObject) => {
				token = { ...fetched, [CLIENT_MARK]: client };
				last = token.access_token;
				tokens.set(client, token);
			},
		});
		return accepted.remember(own);
	};

	return {
		context: overrideCredentials(context, getCredentials),
		accepted,
		get isShared() {
			return isShared;
		},
		dropToken: () => {
			dropped = last;
		},
	};
}

/** Identifies the account of a credential: the same for all items that use it. */
export function identifyAccount(credentials: ICredentialDataDecryptedObject): string {
	const { teamUrl, clientId, clientSecret, scope, keyType, authKey } = credentials;
	const parts = [parseTeamOrigin(teamUrl), clientId, clientSecret, scope, keyType, authKey];
	return hash('sha256', JSON.stringify(parts.map((part) => part ?? null)), 'base64url');
}

async function evaluate(
	context: NodeContext,
	api: ApiName,
	type: string,
	itemIndex?: number,
): Promise<ICredentialDataDecryptedObject> {
	if ('getInputData' in context) return await context.getCredentials(type, itemIndex);
	try {
		return await context.getCredentials(type);
	} catch (error) {
		const needsItem = error instanceof Error && error.name === 'ExpressionError';
		throw rethrow(needsItem ? new CelonisError('credentialNeedsItem', { api }) : error);
	}
}
