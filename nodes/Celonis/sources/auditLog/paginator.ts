import type { JsonObject } from '../../records/json';
import { createNumberedPages } from '../../reading/pageNumberPaginator';
import type { ReadPages } from '../../reading/paginator';
import type { Send } from '../../http/request';
import { createTokenPages } from '../../reading/pageTokenPaginator';

/** Version 2, where a page names the next one. */
export const AUDIT_LOG_PATH = '/log/api/external/v2/audit';

const PATH_V1 = '/log/api/external/audit';

/** The pages of the audit log, by the version of the API that the options ask for. */
export function openAuditLogPages(send: Send, { apiVersion }: JsonObject): ReadPages {
	return apiVersion === 'v1'
		? createNumberedPages(send, { path: PATH_V1 })
		: createTokenPages(send, AUDIT_LOG_PATH);
}
