import type { INodeProperties } from 'n8n-workflow';

/** The address of the team, in both credentials. */
export const teamUrlProperty: INodeProperties = {
	displayName: 'Team URL',
	name: 'teamUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://your-team.eu-1.celonis.cloud',
	description:
		"Address of your Celonis team, as in the browser's address bar. Everything behind the host is ignored.",
};
