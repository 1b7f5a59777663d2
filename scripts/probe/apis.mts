import type { Api } from './facts.mts';
import type { ListApi } from './logReader.mts';

/** The lists that a probe examines. */
export const LIST_APIS: Readonly<Record<Api, ListApi>> = {
	v2: {
		name: 'v2',
		path: '/log/api/external/v2/audit',
		sizeParameter: 'limit',
		maxPageSize: 500,
	},
	v1: {
		name: 'v1',
		path: '/log/api/external/audit',
		sizeParameter: 'pageSize',
		maxPageSize: 200,
	},
	logins: {
		name: 'logins',
		path: '/api/external/authentication-events',
		sizeParameter: 'pageSize',
		maxPageSize: 200,
	},
	members: {
		name: 'members',
		path: '/api/external/members',
		sizeParameter: 'pageSize',
		maxPageSize: 200,
		always: { includeInternal: 'true' },
	},
};

/** Where a team describes its own API. */
export const SCHEMA_PATH = '/log/v3/api-docs';
