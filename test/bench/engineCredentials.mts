import { join } from 'node:path';
import type * as N8nWorkflow from 'n8n-workflow';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	ICredentialType,
	IDataObject,
	IHttpRequestOptions,
	INode,
	Workflow,
} from 'n8n-workflow';
import type { LogAddress } from './job.mts';

/** The id of every credential in the workflows. */
export const CREDENTIAL_ID = 'key';

/**
 * n8n's credentials helper without its database: as in n8n, each request gets the credential again and
 * authenticates as its type defines.
 */
export function createCredentialsHelper(
	require: NodeJS.Require,
	n8n: typeof N8nWorkflow,
	celonis: string,
	log: LogAddress,
): ICredentialsHelper {
	const types = {
		celonisApi: load(require, join(celonis, 'dist/credentials/CelonisApi.credentials.js')),
		httpHeaderAuth: load(require, 'n8n-nodes-base/dist/credentials/HttpHeaderAuth.credentials.js'),
	};
	const data: Record<keyof typeof types, ICredentialDataDecryptedObject> = {
		celonisApi: { teamUrl: log.url, keyType: 'appKey', authKey: log.appKey },
		httpHeaderAuth: { name: 'Authorization', value: `AppKey ${log.appKey}` },
	};

	class Helper extends n8n.ICredentialsHelper {
		getParentTypes(): string[] {
			return [];
		}

		isCredentialUsableByNode(): boolean {
			return true;
		}

		async authenticate(
			credentials: ICredentialDataDecryptedObject,
			type: keyof typeof types,
			request: IHttpRequestOptions,
			workflow: Workflow,
			node: INode,
		): Promise<IHttpRequestOptions> {
			const { authenticate } = types[type];
			if (typeof authenticate === 'function') return await authenticate(credentials, request);
			const resolve = (text: string) => resolveExpressions(workflow, node, text, credentials);
			const headers = Object.entries(authenticate?.properties.headers ?? {}).map(
				([name, value]) => [resolve(name), resolve(String(value))] as const,
			);
			request.headers = { ...request.headers, ...Object.fromEntries(headers) };
			return request;
		}

		async preAuthentication(): Promise<undefined> {
			return undefined;
		}

		async runPreAuthentication(): Promise<undefined> {
			return undefined;
		}

		async getCredentials(): Promise<never> {
			throw new Error('Encrypted credentials are not kept here');
		}

		async getDecrypted(
			_additionalData: unknown,
			_node: unknown,
			type: keyof typeof types,
		): Promise<ICredentialDataDecryptedObject> {
			return { ...data[type] };
		}

		async updateCredentials(): Promise<void> {}

		async updateCredentialsOauthTokenData(): Promise<void> {}

		getCredentialsProperties(type: keyof typeof types) {
			return types[type].properties;
		}
	}
	return new Helper() as ICredentialsHelper;
}

function load(require: NodeJS.Require, path: string): ICredentialType {
	const module = require(path) as Record<string, new () => ICredentialType>;
	const [Type] = Object.values(module);
	if (!Type) throw new Error(`${path} is empty`);
	return new Type();
}

function resolveExpressions(
	workflow: Workflow,
	node: INode,
	text: string,
	credentials: ICredentialDataDecryptedObject,
): string {
	if (!text.startsWith('=')) return text;
	const keys = { $credentials: credentials } as IDataObject;
	return String(workflow.expression.getSimpleParameterValue(node, text, 'internal', keys as never));
}
