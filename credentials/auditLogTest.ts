import type { ICredentialTestRequest } from 'n8n-workflow';
import { adviceOf, titleOf, type Fault } from '../nodes/Celonis/faults/fault';
import { originExpression } from '../nodes/Celonis/transport/teamUrl';

const rule = (status: number, kind: Fault['kind']) => {
	const fault = { kind, status };
	return {
		type: 'responseCode' as const,
		properties: { value: status, message: `${titleOf(fault)}. ${adviceOf(fault)}` },
	};
};

/**
 * Reads one record of the audit log, since a narrow key or client may call nothing else. Redirects
 * are not followed: n8n would send the key along.
 */
export const auditLogTest: ICredentialTestRequest = {
	request: {
		method: 'GET',
		baseURL: originExpression('$credentials', ''),
		url: '/log/api/external/v2/audit',
		qs: { limit: 1 },
		disableFollowRedirect: true,
	},
	rules: [
		...[301, 302, 303, 307, 308].map((status) => rule(status, 'redirected')),
		rule(401, 'unauthorized'),
		rule(403, 'forbidden'),
		rule(404, 'notFound'),
		rule(429, 'rateLimited'),
	],
};
