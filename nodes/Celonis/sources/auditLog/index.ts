import { createEventFilter, type Source } from '../source';
import { apiVersionOption } from './apiVersionOption';
import { filtersProperty as filters } from './filters/description';
import { compileFilters } from './filters/filters';
import { AUDIT_LOG_FORMATS } from './output';
import { createAuditLogPaginator } from './paginator';
import { getFilters } from './filters/parameters';

/** Who changed what in the team. */
export const auditLog: Source = {
	api: 'auditLog',
	title: 'Audit Log',
	event: 'Audit Event',
	description: 'Who changed what: permissions, keys, data pools, packages, single sign-on',
	example: 'Change something in Celonis, such as a permission',
	identityFields: ['diffPayload', 'event', 'ipAddress', 'message', 'port', 'userId', 'userRole'],
	formats: AUDIT_LOG_FORMATS,
	filters,
	ownOptions: [apiVersionOption],
	createPaginator: createAuditLogPaginator,
	getEventFilter: (...parameter) => createEventFilter(getFilters(...parameter), compileFilters),
};
