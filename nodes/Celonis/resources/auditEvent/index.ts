import type { INodeProperties } from 'n8n-workflow';
import { getAllProperties } from './getAll';

const showForAuditEvents = { show: { resource: ['auditEvent'] } };

/** Operations on audit events, and their parameters. */
export const auditEventProperties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: showForAuditEvents,
		options: [
			{
				name: 'Get Many',
				value: 'getAll',
				description: 'Retrieve a list of audit events',
				action: 'Get many audit events',
			},
		],
		default: 'getAll',
	},
	...getAllProperties,
];
