import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { CelonisApi } from '../../../credentials/CelonisApi.credentials';
import { CelonisOAuth2Api } from '../../../credentials/CelonisOAuth2Api.credentials';
import { Celonis } from '../../../nodes/Celonis/Celonis.node';
import { EVENT_NAMES } from '../../../nodes/Celonis/sources/auditLog/catalogue';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node';

/** Names and defaults: what saved workflows and credentials hold. Options stand under their collection. */
function contractOf(properties: INodeProperties[]): Record<string, unknown> {
	return Object.fromEntries(
		properties.map(({ name, type, default: value, options = [] }) => {
			if (type === 'collection') return [name, contractOf(options as INodeProperties[])];
			const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
			return [name, values.length > 0 ? { default: value, values } : value];
		}),
	);
}

describe('names that users depend on', () => {
	it('of the key credential', () => {
		const { name, properties } = new CelonisApi();
		expect({ name, ...contractOf(properties) }).toEqual({
			name: 'celonisApi',
			teamUrl: '',
			keyType: { default: 'appKey', values: ['appKey', 'apiKey'] },
			authKey: '',
		});
	});

	it('of the OAuth2 credential', () => {
		const { name, properties } = new CelonisOAuth2Api();
		expect({ name, ...contractOf(properties) }).toMatchObject({
			name: 'celonisOAuth2Api',
			teamUrl: '',
			grantType: 'clientCredentials',
			scope: 'audit.log:read',
			authentication: { default: 'body', values: ['body', 'header'] },
		});
	});

	const categories = [
		'Action Engine',
		'Action Flows',
		'Admin and Settings',
		'Business Miner',
		'Data Integration',
		'Machine Learning',
		'Object-centric data model',
		'Process Automation',
		'Studio',
		'Task Mining',
		'Team To Team Copy',
		'Transformation Center',
		'Trash',
		'Other',
	];
	const filters = {
		actors: '',
		categories: { default: [], values: categories },
		eventPatterns: '',
		eventTypes: { default: [], values: EVENT_NAMES },
		excludeSystem: true,
		ipAddresses: '',
		preset: {
			default: [],
			values: ['auditTrail', 'dataLeaving', 'permissions', 'publication', 'signOnAndKeys', 'users'],
		},
		roles: '',
		text: '',
	};
	const options = {
		apiVersion: { default: 'v2', values: ['v1', 'v2'] },
		fields: '',
		output: { default: 'event', values: ['ecs', 'event', 'ocsf', 'raw'] },
		timeout: 60,
	};
	const authentication = { default: 'oAuth2', values: ['oAuth2', 'key'] };

	it('of the Celonis node', () => {
		const { name, properties } = new Celonis().description;
		expect({ name, ...contractOf(properties) }).toEqual({
			name: 'celonis',
			authentication,
			resource: { default: 'auditEvent', values: ['auditEvent'] },
			operation: { default: 'getAll', values: ['getAll'] },
			returnAll: false,
			limit: 50,
			from: '={{ $now.minus({ hours: 24 }) }}',
			to: '',
			filters,
			options: {
				...options,
				concurrency: 4,
				sortOrder: { default: 'desc', values: ['desc', 'asc'] },
			},
		});
	});

	it('of the Celonis Trigger', () => {
		const { name, properties } = new CelonisTrigger().description;
		expect({ name, ...contractOf(properties) }).toEqual({
			name: 'celonisTrigger',
			authentication,
			startFrom: { default: 'now', values: ['date', 'now'] },
			startDate: '',
			filters,
			options: {
				...options,
				concurrency: 4,
				lookback: 10,
				maxEventsPerPoll: 10_000,
				repeatLastBatch: false,
			},
		});
	});
});
