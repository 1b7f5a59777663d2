import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	IN8nHttpFullResponse,
	IPollFunctions,
} from 'n8n-workflow';
import { rethrow } from '../errors/rethrow';
import type { CredentialScope } from './credentialScope';
import { findResponse, isWithoutAccessToken } from './failureClassification';

/**
 * Sends a request with the credential. n8n stores whatever JSON the token endpoint returns. If that
 * has no access token, n8n sends no request any more, and requests another token only when told to.
 *
 * After a 401, n8n fetches another token, unless it has stored the token of another client, which it
 * would send instead: then the token is dropped here, and the request is sent once more.
 *
 * A GET is sent with the credential that Celonis has accepted before. After a 401, the credential is read
 * again.
 */
export async function sendAuthenticated(
	context: IExecuteFunctions | IPollFunctions,
	credentialType: string,
	request: IHttpRequestOptions,
	credential?: CredentialScope,
): Promise<IN8nHttpFullResponse> {
	const accepted = request.method === 'GET' ? credential?.accepted.getContext() : undefined;
	if (accepted) {
		// The token that n8n has stored meanwhile may be that of another client.
		const options = { oauth2: { skipTokenRefresh: true } };
		const { httpRequestWithAuthentication } = accepted.helpers;
		try {
			return await httpRequestWithAuthentication.call(accepted, credentialType, request, options);
		} catch (error) {
			if (findResponse(error)?.status !== 401) throw rethrow(error);
			credential?.accepted.reject();
		}
	}
	const response = await sendWithNewestCredential(context, credentialType, request, credential);
	credential?.accepted.accept();
	return response;
}

async function sendWithNewestCredential(
	context: IExecuteFunctions | IPollFunctions,
	credentialType: string,
	request: IHttpRequestOptions,
	credential?: CredentialScope,
): Promise<IN8nHttpFullResponse> {
	// n8n reads this after it has read the credential.
	const oauth2 = {
		get skipTokenRefresh() {
			return credential?.isShared ?? false;
		},
	};
	const { httpRequestWithAuthentication } = context.helpers;
	const send = async (): Promise<IN8nHttpFullResponse> =>
		await httpRequestWithAuthentication.call(context, credentialType, request, { oauth2 });
	try {
		return await send();
	} catch (error) {
		if (isWithoutAccessToken(error)) {
			// Older versions of n8n do not have this function.
			await context.helpers.refreshOAuth2Token?.call(context, credentialType);
		} else if (credential?.isShared && findResponse(error)?.status === 401) {
			credential.dropToken();
		} else throw rethrow(error);
		return await send();
	}
}
