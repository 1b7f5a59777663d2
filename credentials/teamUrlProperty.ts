import type { INodeProperties } from 'n8n-workflow';

/** The team URL in both credentials. */
export const teamUrlProperty: INodeProperties = {
	displayName: 'Team URL',
	name: 'teamUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://your-team.eu-1.celonis.cloud',
	description:
		"Address of your Celonis team as shown in the browser's address bar. Everything after the host name is ignored; without a scheme, https is used. An expression is evaluated for each input item.",
};
