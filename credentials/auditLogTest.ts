import type { ICredentialTestRequest } from 'n8n-workflow';
import { CelonisError, formatHint, formatMessage } from '../nodes/Celonis/errors/celonisError';
import { AUDIT_LOG_PATH } from '../nodes/Celonis/sources/auditLog/paginator';
import { classifyStatus } from '../nodes/Celonis/http/classification';
import { buildOriginExpression } from '../nodes/Celonis/http/teamUrl';

/** n8n shows nothing of the response. */
const WHO_ELSE = 'The response may also have come from a proxy or firewall.';

/** n8n shows the reason phrase of other statuses, such as `I'm a Teapot`. */
const EXPLAINED_STATUSES = [
	...[301, 302, 303, 307, 308],
	...[400, 401, 403, 404, 405, 407, 413, 429],
	...[500, 502, 503, 504],
];

const createRule = (status: number) => {
	const { details } = new CelonisError(classifyStatus(status), { api: 'auditLog', status });
	return {
		type: 'responseCode' as const,
		properties: {
			value: status,
			message: `${formatMessage(details)}. ${formatHint(details)} ${WHO_ELSE}`,
		},
	};
};

/** Any server may respond with status 200: a page of the audit log has `content`. */
const contentRule = {
	type: 'responseSuccessBody' as const,
	properties: {
		key: 'content',
		value: undefined,
		message: `The response is not a page of the audit log. ${formatHint({ code: 'unexpectedJson', api: 'auditLog' })}`,
	},
};

/** n8n accepts both kinds of rules in one list, but its type does not. */
const RULES = [
	...EXPLAINED_STATUSES.map(createRule),
	contentRule,
] as ICredentialTestRequest['rules'];

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
	rules: RULES,
};
