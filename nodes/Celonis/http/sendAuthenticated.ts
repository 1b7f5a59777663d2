import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { rethrow } from '../errors/rethrow';
import { isWithoutAccessToken } from './failureClassification';

/**
 * Sends a request with the credential. n8n stores whatever JSON the token endpoint returns. If that
 * has no access token, n8n sends no request any more, and requests another token only when told to.
 */
export async function sendAuthenticated(
	context: IExecuteFunctions | IPollFunctions,
	credentialType: string,
	request: IHttpRequestOptions,
): Promise<IN8nHttpFullResponse> {
	const send = async (): Promise<IN8nHttpFullResponse> =>
		await context.helpers.httpRequestWithAuthentication.call(context, credentialType, request);
	try {
		return await send();
	} catch (error) {
		if (!isWithoutAccessToken(error)) throw rethrow(error);
		// Older versions of n8n do not have this function.
		await context.helpers.refreshOAuth2Token?.call(context, credentialType);
		return await send();
	}
}
