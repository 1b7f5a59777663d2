import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { plainKey } from './authKey';

const SHORTEST_SECRET = 4;

/** What of a credential must not be shown, should a server repeat it: keys, secrets, tokens. */
export async function secretsOf(
	context: IExecuteFunctions | IPollFunctions,
	credentialType: string,
): Promise<string[]> {
	const { authKey, clientSecret, oauthTokenData } = await context.getCredentials(credentialType);
	const token =
		typeof oauthTokenData === 'object' &&
		oauthTokenData !== null &&
		'access_token' in oauthTokenData
			? oauthTokenData.access_token
			: undefined;
	const key = typeof authKey === 'string' ? plainKey(authKey) : undefined;
	return [key, clientSecret, token].filter(
		(secret): secret is string => typeof secret === 'string' && secret.length >= SHORTEST_SECRET,
	);
}
