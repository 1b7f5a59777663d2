import type { JsonObject } from '../../log/json';
import { createNumberedPages } from '../../transport/numberedPages';
import type { ReadPages } from '../../transport/pages';
import type { Send } from '../../transport/request';
import { createTokenPages } from '../../transport/tokenPages';

/** Version 2, where a page names the next one. */
export const AUDIT_LOG_PATH = '/log/api/external/v2/audit';

const PATH_V1 = '/log/api/external/audit';

/** The pages of the audit log, by the version of the API that the options ask for. */
export function openAuditLogPages(send: Send, { apiVersion }: JsonObject): ReadPages {
	return apiVersion === 'v1'
		? createNumberedPages(send, { path: PATH_V1 })
		: createTokenPages(send, AUDIT_LOG_PATH);
}
