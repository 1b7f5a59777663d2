import type { JsonObject } from '../../records/json';
import { createPageNumberPaginator } from '../../reading/pageNumberPaginator';
import type { Paginator } from '../../reading/paginator';
import type { SendRequest } from '../../http/request';
import { createPageTokenPaginator } from '../../reading/pageTokenPaginator';

/** Version 2, where a page names the next one. */
export const AUDIT_LOG_PATH = '/log/api/external/v2/audit';

const PATH_V1 = '/log/api/external/audit';

/** The pages of the audit log, by the version of the API that the options ask for. */
export function createAuditLogPaginator(send: SendRequest, { apiVersion }: JsonObject): Paginator {
	return apiVersion === 'v1'
		? createPageNumberPaginator(send, { path: PATH_V1 })
		: createPageTokenPaginator(send, AUDIT_LOG_PATH);
}
