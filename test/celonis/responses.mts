/** An HTTP response before it is sent. */
export interface SimulatedResponse {
	status: number;
	/** An empty text stands for no header, a line break separates two headers of the same name. */
	headers: Record<string, string>;
	body: string;
}

export function jsonResponse(status: number, body: unknown): SimulatedResponse {
	return jsonTextResponse(status, JSON.stringify(body));
}

export function jsonTextResponse(status: number, body: string): SimulatedResponse {
	return { status, headers: { 'content-type': 'application/json' }, body };
}

export function textResponse(status: number, body: string): SimulatedResponse {
	return { status, headers: { 'content-type': 'text/plain;charset=UTF-8' }, body };
}

export function emptyResponse(status: number): SimulatedResponse {
	return { status, headers: {}, body: '' };
}

// The bodies below are those of Celonis' common error catalogue, word for word.

export const unauthorized = () => jsonResponse(401, { error: 'Unauthorized' });

export const wrongPrefix = () =>
	textResponse(
		401,
		'Invalid "Authorization" header format. Should start either with "Bearer " or "AppKey " (case insensitive).',
	);

export const accessDenied = () =>
	jsonResponse(403, {
		title: 'Access Denied.',
		status: 403,
		detail: 'Access is denied',
		errorCode: 'ADMIN_ACCESS_ERROR',
	});

/** The API is disabled for the team. */
export const apiDisabled = () => emptyResponse(403);

/** The error of version 1 for a bad parameter, in the form of sibling endpoints. */
export const badParameterV1 = (information: string) =>
	jsonResponse(400, {
		frontendErrorKey: 'error.invalid.parameter',
		errorInformation: information,
	});

/** The error of version 2 for a bad parameter, in the form of sibling endpoints. */
export const badParameterV2 = (detail: string) =>
	jsonResponse(400, {
		title: 'Bad Request',
		status: 400,
		detail,
		errorCode: 'GENERAL_PARAMETER_MISSMATCH',
	});

/** The error for a page token that has expired; its form is unknown. */
export const expiredPageToken = (status: 400 | 404 | 410, path: string, nowMs: number) =>
	status === 404
		? frameworkError(404, path, nowMs)
		: jsonResponse(status, {
				title: status === 400 ? 'Bad Request' : 'Gone',
				status,
				detail: "Parameter 'pageToken' has expired.",
				errorCode: 'GENERAL_PARAMETER_MISSMATCH',
			});

export const rateLimitExceeded = (retryAtMs: number) =>
	jsonResponse(429, {
		title: 'Rate limit exceeded',
		status: 429,
		detail: `You have sent too many requests. Please try again at ${new Date(retryAtMs).toISOString().slice(11, 19)} UTC.`,
		errorCode: 'LIMIT_RATE_EXCEEDED',
	});

/** The error for an unknown path or method, in the form of the server's framework. */
export const frameworkError = (status: 404 | 405, path: string, nowMs: number) =>
	jsonResponse(status, {
		timestamp: new Date(nowMs).toISOString(),
		status,
		error: status === 404 ? 'Not Found' : 'Method Not Allowed',
		path,
	});
