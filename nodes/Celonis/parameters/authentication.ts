import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

/** The credentials of both nodes, each shown for its way in. */
export const credentials: INodeCredentialDescription[] = [
	{
		name: 'celonisOAuth2Api',
		required: true,
		displayOptions: { show: { authentication: ['oAuth2'] } },
	},
	{
		name: 'celonisApi',
		required: true,
		displayOptions: { show: { authentication: ['key'] } },
	},
];

/** The choice between the ways in. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'OAuth2', value: 'oAuth2', description: 'OAuth client, preferred by Celonis' },
		{
			name: 'Application or API Key',
			value: 'key',
			description: 'Celonis is moving away from keys, towards OAuth2',
		},
	],
	default: 'oAuth2',
};
