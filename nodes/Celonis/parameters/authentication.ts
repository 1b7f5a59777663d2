import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';
import type { Authentication } from '../http/connection';
import type { ParameterReader } from './parameterReader';

const DEFAULT_AUTHENTICATION: Authentication = 'oAuth2';

/** The credentials of both nodes, each shown for its authentication. */
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

/** How the nodes authenticate. */
export const authenticationProperty: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	options: [
		{ name: 'OAuth2', value: 'oAuth2', description: 'OAuth client, recommended by Celonis' },
		{
			name: 'Application or API Key',
			value: 'key',
			description: 'Celonis is replacing keys with OAuth2',
		},
	],
	default: DEFAULT_AUTHENTICATION,
};

/** Gets 'Authentication'. */
export function getAuthentication(parameters: ParameterReader): Authentication {
	return parameters.getChoice(
		'Authentication',
		'authentication',
		['oAuth2', 'key'],
		DEFAULT_AUTHENTICATION,
	);
}
