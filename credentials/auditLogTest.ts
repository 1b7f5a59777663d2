import type { ICredentialTestRequest } from 'n8n-workflow';
import { originExpression } from '../nodes/Celonis/transport/teamUrl';
import { textOfFault } from '../nodes/Celonis/transport/faultTexts';
import type { Fault } from '../nodes/Celonis/transport/faults';

const rule = (status: number, fault: Fault) => {
	const { title, advice } = textOfFault(fault);
	return {
		type: 'responseCode' as const,
		properties: { value: status, message: `${title}. ${advice}` },
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
		...[301, 302, 303, 307, 308].map((status) => rule(status, { kind: 'redirected', status })),
		rule(401, { kind: 'unauthorized' }),
		rule(403, { kind: 'forbidden' }),
		rule(404, { kind: 'notFound' }),
		rule(429, { kind: 'rateLimited' }),
	],
};
