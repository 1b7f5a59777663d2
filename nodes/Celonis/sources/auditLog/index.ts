import { createEventFilterGetter, type Source } from '../source';
import { apiVersionOption, getApiVersion } from './apiVersion';
import { filtersProperty } from './filters/description';
import { compileFilters } from './filters/filters';
import { getFilters } from './filters/parameters';
import { AUDIT_LOG_FORMATTERS } from './output';
import { createAuditLogPaginator } from './paginator';

/** The audit log: who changed what in the team. */
export const auditLog: Source = {
	api: 'auditLog',
	resource: 'auditEvent',
	displayName: 'Audit Log',
	eventDisplayName: 'Audit Event',
	description: 'Who changed what: permissions, keys, data pools, packages, single sign-on',
	listDescription: 'audit events: who changed what in the team, and when',
	exampleAction: 'Change something in Celonis, such as a permission',
	identityFields: ['diffPayload', 'event', 'ipAddress', 'message', 'port', 'userId', 'userRole'],
	formatters: AUDIT_LOG_FORMATTERS,
	filtersProperty,
	optionProperties: [apiVersionOption],
	getOptions: (options) => ({ apiVersion: getApiVersion(options) }),
	createPaginator: createAuditLogPaginator,
	getEventFilter: createEventFilterGetter(filtersProperty, getFilters, compileFilters),
};
