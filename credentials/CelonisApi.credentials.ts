import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { ERROR_CATALOG } from '../nodes/Celonis/errors/catalog';
import { buildAuthorization, type KeyType } from '../nodes/Celonis/http/authKey';
import { parseTeamOrigin } from '../nodes/Celonis/http/teamUrl';
import { auditLogTest } from './auditLogTest';
import { teamUrlProperty } from './teamUrlProperty';

const { message, hint } = ERROR_CATALOG.invalidTeamUrl;

/** An application key or an API key. It is sent with every request to the team, and nowhere else. */
export class CelonisApi implements ICredentialType {
	name = 'celonisApi';

	displayName = 'Celonis API';

	icon: Icon = { light: 'file:../icons/celonis.svg', dark: 'file:../icons/celonis.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-celonis/n8n-nodes-celonis#application-key-or-api-key';

	properties: INodeProperties[] = [
		teamUrlProperty,
		{
			displayName: 'Key Type',
			name: 'keyType',
			type: 'options',
			options: [
				{
					name: 'Application Key',
					value: 'appKey',
					description: 'Belongs to an application, with permissions of its own',
				},
				{
					name: 'API Key',
					value: 'apiKey',
					description: "Belongs to a user, with that user's permissions",
				},
			],
			default: 'appKey',
		},
		{
			displayName: 'Key',
			name: 'authKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'As shown once in Celonis when the key was created',
		},
	];

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		const teamOrigin = parseTeamOrigin(credentials.teamUrl);
		if (teamOrigin === undefined) throw new Error(`${message}. ${hint}`);
		if (new URL(getUrl(request), request.baseURL).origin !== new URL(teamOrigin).origin) {
			throw new Error(`The key is only sent to ${teamOrigin}, the team of the credential`);
		}
		const authorization = buildAuthorization(
			credentials.keyType as KeyType,
			String(credentials.authKey ?? ''),
		);
		return { ...request, headers: { ...request.headers, Authorization: authorization } };
	};

	test: ICredentialTestRequest = auditLogTest;
}

/** n8n's HTTP Request node still uses the property `uri`. */
function getUrl(request: IHttpRequestOptions & { uri?: string }): string {
	return request.url ?? request.uri ?? '';
}
