import type { IExecuteFunctions, IPollFunctions } from 'n8n-workflow';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';

/** No server listens on it (RFC 1078 is historic). */
const CLOSED_PORT = '1';

/** A connection to a closed port of this machine is refused at once. */
const TIMEOUT_MS = 1000;

/**
 * Refuses a team on this machine without TLS if n8n uses a proxy for it: the proxy would get the key
 * in plain text. Nodes cannot read n8n's environment, so a request without a credential finds out:
 * nothing answers at a closed port, except a proxy. With TLS, nothing is sent.
 */
export async function requireNoUnencryptedProxy(
	context: IExecuteFunctions | IPollFunctions,
	api: ApiName,
	origin: string,
): Promise<void> {
	const url = new URL(origin);
	if (url.protocol !== 'http:') return;
	url.port = CLOSED_PORT;
	const isDirect = await context.helpers
		.httpRequest({
			url: url.href,
			timeout: TIMEOUT_MS,
			encoding: 'stream',
			returnFullResponse: true,
			disableFollowRedirect: true,
			ignoreHttpStatusErrors: true,
		})
		.then(discardBody, () => true);
	if (!isDirect) throw new CelonisError('unencryptedProxy', { api });
}

/** A response is the proxy's. */
function discardBody({ body }: { readonly body?: { destroy?(): void } }): false {
	body?.destroy?.();
	return false;
}
