import type { ICredentialTestRequest } from 'n8n-workflow';
import { CelonisError, formatHint, formatMessage } from '../nodes/Celonis/errors/celonisError';
import { AUDIT_LOG_PATH } from '../nodes/Celonis/sources/auditLog/paginator';
import { classifyStatus } from '../nodes/Celonis/http/classification';
import { buildOriginExpression } from '../nodes/Celonis/http/teamUrl';

const createRule = (status: number) => {
	const { details } = new CelonisError(classifyStatus(status), { api: 'auditLog', status });
	return {
		type: 'responseCode' as const,
		properties: { value: status, message: `${formatMessage(details)}. ${formatHint(details)}` },
	};
};

/**
 * Fetches one record of the audit log, since a narrow key or OAuth client may do nothing else.
 * Redirects are not followed: n8n would send the key along.
 */
export const auditLogTest: ICredentialTestRequest = {
	request: {
		method: 'GET',
		baseURL: buildOriginExpression('$credentials', ''),
		url: AUDIT_LOG_PATH,
		qs: { limit: 1 },
		disableFollowRedirect: true,
	},
	rules: [301, 302, 303, 307, 308, 401, 403, 404, 429].map(createRule),
};
