import { wantedBy, type Source } from '../source';
import { apiVersionOption } from './apiVersionOption';
import { filtersProperty } from './filters/description';
import { compileFilters } from './filters/filters';
import { AUDIT_LOG_FORMATS } from './output';
import { openAuditLogPages } from './paginator';
import { readFilters } from './filters/parameters';

/** Who changed what in the team. */
export const auditLog: Source = {
	api: 'auditLog',
	title: 'Audit Log',
	event: 'Audit Event',
	description: 'Who changed what: permissions, keys, data pools, packages, single sign-on',
	example: 'Change something in Celonis, such as a permission',
	contentFields: ['diffPayload', 'event', 'ipAddress', 'message', 'port', 'userId', 'userRole'],
	formats: AUDIT_LOG_FORMATS,
	filtersProperty,
	ownOptions: [apiVersionOption],
	openPages: openAuditLogPages,
	readFilters: (...parameter) => wantedBy(readFilters(...parameter), compileFilters),
};
