import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';
import { buildOriginExpression } from '../nodes/Celonis/http/teamUrl';
import { auditLogTest } from './auditLogTest';
import { teamUrlProperty } from './teamUrlProperty';

/** OAuth 2.0 client credentials: n8n fetches an access token when it needs one. */
export class CelonisOAuth2Api implements ICredentialType {
	name = 'celonisOAuth2Api';

	displayName = 'Celonis OAuth2 API';

	extends = ['oAuth2Api'];

	icon: Icon = { light: 'file:../icons/celonis.svg', dark: 'file:../icons/celonis.dark.svg' };

	documentationUrl =
		'https://github.com/n8n-nodes-celonis/n8n-nodes-celonis#oauth-20-client-credentials-preferred';

	properties: INodeProperties[] = [
		teamUrlProperty,
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: buildOriginExpression('$self', '/oauth2/token'),
		},
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Auth URI Query Parameters',
			name: 'authQueryParameters',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'audit.log:read',
			description:
				'Scopes of the access token, separated by spaces: audit.log:read for audit events, team.login-history:read for login events, team.user-group-info:read for members, authorization.permissions:read for permissions, integration.data-pools:data_push to push rows. Every request fails if this has a scope that the OAuth client lacks.',
		},
		{
			displayName: 'Client Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Client Secret Post',
					value: 'body',
					description: 'Send the secret in the body of the token request',
				},
				{
					name: 'Client Secret Basic',
					value: 'header',
					description: 'Send the secret in a Basic authentication header',
				},
			],
			default: 'body',
			description: 'The method that the OAuth client was registered with in Celonis',
		},
		{
			displayName: 'Send Additional Body Properties',
			name: 'sendAdditionalBodyProperties',
			type: 'hidden',
			default: false,
		},
		{
			displayName: 'Additional Body Properties',
			name: 'additionalBodyProperties',
			type: 'hidden',
			default: '',
		},
	];

	test: ICredentialTestRequest = auditLogTest;
}
