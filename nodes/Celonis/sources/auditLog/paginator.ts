import type { Connection } from '../../http/connection';
import { createPageNumberPaginator } from '../../reading/pageNumberPaginator';
import { createPageTokenPaginator } from '../../reading/pageTokenPaginator';
import type { Paginator } from '../../reading/paginator';
import type { SourceOptions } from '../source';

/** Version 1 has page numbers. */
const PATH_V1 = '/log/api/external/audit';

/** Version 2 has page tokens. */
export const AUDIT_LOG_PATH = '/log/api/external/v2/audit';

/** The pages of the audit log, by the API version that the options choose. */
export function createAuditLogPaginator(
	connection: Connection,
	{ apiVersion }: SourceOptions,
): Paginator {
	return apiVersion === 'v1'
		? createPageNumberPaginator(connection, { path: PATH_V1 })
		: createPageTokenPaginator(connection, AUDIT_LOG_PATH);
}
