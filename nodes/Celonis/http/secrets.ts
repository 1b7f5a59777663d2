import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import { normalizeKey } from './authKey';
import { buildSecretForms } from './secretForms';

const MIN_SECRET_LENGTH = 4;

/**
 * The keys, secrets and tokens of a credential, in all forms in which a server may echo them in an
 * error message; the longest come first.
 */
export async function getSecrets(
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
	const key = typeof authKey === 'string' ? normalizeKey(authKey) : undefined;
	const secrets = [key, clientSecret, token].filter(
		(secret): secret is string => typeof secret === 'string' && secret.length >= MIN_SECRET_LENGTH,
	);
	return secrets.flatMap(buildSecretForms).sort((a, b) => b.length - a.length);
}
