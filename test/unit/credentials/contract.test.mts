import { describe, expect, it } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { CelonisApi } from '../../../credentials/CelonisApi.credentials';
import { CelonisOAuth2Api } from '../../../credentials/CelonisOAuth2Api.credentials';
import { Celonis } from '../../../nodes/Celonis/Celonis.node';
import { EVENT_NAMES } from '../../../nodes/Celonis/sources/auditLog/catalogue';
import { LOGIN_TYPE_NAMES } from '../../../nodes/Celonis/sources/loginHistory/loginTypes';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node';

/** The names, defaults and values of properties: what saved workflows and credentials contain. */
function getContract(properties: INodeProperties[]): Record<string, unknown> {
	// A collection comes before the hidden parameter of its name, which carries its expressions.
	return Object.fromEntries(
		[...properties].reverse().map(({ name, type, default: value, options = [] }) => {
			if (type === 'collection') return [name, getContract(options as INodeProperties[])];
			const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
			return [name, values.length > 0 ? { default: value, values } : value];
		}),
	);
}

/** The properties that n8n shows for these parameters. */
function getShownProperties(
	properties: INodeProperties[],
	parameters: Record<string, string>,
): INodeProperties[] {
	return properties.filter(({ displayOptions }) =>
		Object.entries(displayOptions?.show ?? {}).every(
			([name, values]) => !(name in parameters) || values?.includes(parameters[name]!),
		),
	);
}

describe('the contract', () => {
	it('of the key credential', () => {
		const { name, properties } = new CelonisApi();
		expect({ name, ...getContract(properties) }).toEqual({
			name: 'celonisApi',
			teamUrl: '',
			keyType: { default: 'appKey', values: ['appKey', 'apiKey'] },
			authKey: '',
		});
	});

	it('of the OAuth2 credential', () => {
		const { name, properties } = new CelonisOAuth2Api();
		expect({ name, ...getContract(properties) }).toMatchObject({
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
		grantedPermissions: '',
		ipAddresses: '',
		preset: {
			default: [],
			values: ['auditTrail', 'dataLeaving', 'permissions', 'publication', 'signOnAndKeys', 'users'],
		},
		roles: '',
		targets: '',
		text: '',
	};
	const loginFilters = {
		actors: '',
		outcome: { default: 'failure', values: ['any', 'failure', 'success'] },
		types: { default: [], values: LOGIN_TYPE_NAMES },
	};
	const apiVersion = { default: 'v2', values: ['v1', 'v2'] };
	const options = {
		concurrency: 8,
		enrichActor: true,
		fields: '',
		timeout: 60,
	};
	const output = { default: 'event', values: ['ecs', 'event', 'ocsf', 'raw', 'summary'] };
	const authentication = { default: 'oAuth2', values: ['oAuth2', 'key'] };
	const sortOrder = { default: 'desc', values: ['desc', 'asc'] };
	const getAll = { default: 'getAll', values: ['getAll'] };
	const getAllOrStatus = { default: 'getAll', values: ['getAll', 'getStatus'] };
	const all = { returnAll: false, limit: 50 };
	const window = { from: '={{ $now.minus({ hours: 24 }) }}', to: '' };

	it.each<[string, object]>([
		[
			'auditEvent',
			{
				operation: getAllOrStatus,
				...all,
				...window,
				output,
				filters,
				options: { ...options, apiVersion, sortOrder },
			},
		],
		[
			'dataPool',
			{
				operation: { default: 'push', values: ['push'] },
				agentPushNotice: '',
				dataPoolId: { mode: 'id', value: '' },
				tableName: '',
				mode: { default: 'upsert', values: ['upsert', 'replace'] },
				keys: 'eventId',
				columns: { default: 'fromItems', values: ['fromItems', 'given'] },
				givenColumns: {},
				replaceNotice: '',
				options: {
					chunkSize: 8,
					jobTimeout: 600,
					longText: { default: 'truncate', values: ['error', 'truncate'] },
					timeout: 60,
				},
			},
		],
		[
			'loginEvent',
			{
				operation: getAllOrStatus,
				...all,
				...window,
				output,
				filters: loginFilters,
				options: { ...options, sortOrder },
			},
		],
		[
			'member',
			{ operation: getAll, ...all, includeInternal: false, options: { timeout: options.timeout } },
		],
		[
			'permission',
			{
				operation: getAll,
				...all,
				filters: { actions: '', objects: '', services: '', subjects: '' },
				options: { addMemberDetails: false, timeout: options.timeout },
			},
		],
	])('of the Celonis node, for %s', (resource, parameters) => {
		const { name, properties } = new Celonis().description;
		const operation = resource === 'dataPool' ? 'push' : 'getAll';
		const shown = getContract(getShownProperties(properties, { resource, operation }));
		expect({ name, ...shown }).toEqual({
			name: 'celonis',
			authentication,
			resource: {
				default: 'auditEvent',
				values: ['auditEvent', 'dataPool', 'loginEvent', 'member', 'permission'],
			},
			...parameters,
		});
	});

	it.each([
		['auditEvent', { apiVersion, timeout: options.timeout }],
		['loginEvent', { timeout: options.timeout }],
	])('of Get Status of the Celonis node, for %s', (resource, statusOptions) => {
		const { properties } = new Celonis().description;
		const shown = getShownProperties(properties, { resource, operation: 'getStatus' });
		expect(getContract(shown)).toEqual({
			authentication,
			resource: expect.anything(),
			operation: getAllOrStatus,
			options: statusOptions,
		});
	});

	it.each<[string, object]>([
		['auditLog', filters],
		['loginHistory', loginFilters],
	])('of the Celonis Trigger, for %s', (source, filtersOfSource) => {
		const { name, properties } = new CelonisTrigger().description;
		const shown = getContract(getShownProperties(properties, { source }));
		expect({ name, ...shown }).toEqual({
			name: 'celonisTrigger',
			authentication,
			source: { default: 'auditLog', values: ['auditLog', 'loginHistory'] },
			startFrom: { default: 'now', values: ['date', 'now'] },
			startDate: '',
			output,
			filters: filtersOfSource,
			options: {
				...options,
				apiVersion,
				lookback: 10,
				maxEventsPerPoll: 10_000,
				repeatLastBatch: false,
			},
		});
	});
});

describe('a parameter that decides which other parameters are shown', () => {
	it.each([
		['resource', new Celonis()],
		['operation', new Celonis()],
		['source', new CelonisTrigger()],
	])('%s accepts no expression, since n8n would show all of them', (name, { description }) => {
		const matching = description.properties.filter((property) => property.name === name);
		expect(matching.length).toBeGreaterThan(0);
		expect(matching.every(({ noDataExpression }) => noDataExpression)).toBe(true);
	});

	it('has a subtitle for each operation: its action', () => {
		const { properties, subtitle } = new Celonis().description;
		const operations = properties.filter(({ name }) => name === 'operation');
		expect(operations.length).toBeGreaterThan(3);
		for (const { options = [], displayOptions } of operations) {
			const [resource] = displayOptions?.show?.resource ?? [];
			for (const option of options) {
				if (!('action' in option)) continue;
				expect(subtitle).toContain(`"${resource} ${option.value}": "${option.action}"`);
				// n8n's UX guidelines: an action has no articles.
				expect(option.action).not.toMatch(/\b(a|an|the)\b/);
			}
		}
	});
});
