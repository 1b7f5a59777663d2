import type { Failure } from 'n8n-workflow';

/** Everything that is fixed about one kind of error. */
export interface ErrorDefinition {
	/** What happened, in one line: n8n's error message. Names in braces stand for facts. */
	readonly message: string;
	/** What to do, in sentences: n8n's description of the error, followed by what Celonis said. */
	readonly hint: string;
	/** Whether an idempotent request is sent again. `backoff`: several times, with pauses. */
	readonly retry: 'never' | 'once' | 'backoff';
	/**
	 * What is known about the request that ended with this error. `notExecuted`: Celonis did not
	 * execute it, and sending it again may succeed. `unknown`: Celonis may have executed it. `final`:
	 * sending it again would not change the result, or there was no request.
	 */
	readonly outcome: 'notExecuted' | 'unknown' | 'final';
	/**
	 * Whether the fault may pass by itself, so that nothing has to be changed in n8n or by the team's
	 * admin: it does not keep a trigger from being activated.
	 */
	readonly isPassing: boolean;
	/** Tells n8n's poll scheduler how to back off. Without it, n8n decides by the HTTP status. */
	readonly failure?: Failure['cause'];
}

const TEAM_URL =
	"Open the credential and set 'Team URL' to the address of your Celonis team as shown in the browser's address bar (for example https://your-team.eu-1.celonis.cloud). It must start with 'https://', which is added if there is no scheme.";

/** n8n leaves out the encoding that RFC 6749 (section 2.3.1) demands; strict servers then refuse. */
const CLIENT_SECRET_BASIC =
	"With 'Client Secret Basic', n8n does not encode the characters '+', '%' and ':' of the ID and the secret as OAuth demands: if they have any, register the client for 'Client Secret Post' and choose that.";

const INTERMEDIARIES = 'proxies, firewalls and gateways between n8n and Celonis';

/**
 * All errors between the node and Celonis. Names in braces are facts of the error (`ErrorFacts`) or
 * terms of its API (`ApiDescription`). docs/troubleshooting.md is generated from this table, and
 * test/integration/errors has a scenario for each row.
 */
export const ERROR_CATALOG = {
	invalidTeamUrl: {
		message: 'The team URL of the credential is invalid',
		hint: TEAM_URL,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	credentialNeedsItem: {
		message: 'An expression in the credential needs an input item, which a trigger does not have',
		hint: 'Write the value itself in the credential, or an expression without $json, $input and other nodes. The Celonis node evaluates the credential for each of its input items.',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},

	// Network
	unknownHost: {
		message: 'The host name of the team URL could not be resolved ({nativeCode})',
		hint: `Check that n8n can resolve host names. ${TEAM_URL}`,
		retry: 'backoff',
		outcome: 'notExecuted',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	unreachable: {
		message: 'n8n could not connect to Celonis ({nativeCode})',
		hint: "Check the credential's team URL, and that firewalls and proxies allow n8n to connect to it.",
		retry: 'backoff',
		outcome: 'notExecuted',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	connectionLost: {
		message: 'The connection to Celonis was lost ({nativeCode})',
		hint: 'Try again. If the problem persists, check the proxies and firewalls between n8n and Celonis.',
		retry: 'backoff',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	tlsError: {
		message: 'The TLS connection to Celonis failed ({nativeCode})',
		hint: "The certificate of the server is not trusted, or the server does not speak TLS. If a proxy inspects the traffic, n8n must trust the proxy's certificate authority: see NODE_EXTRA_CA_CERTS in the documentation of Node.js. Nothing was sent.",
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	proxyAuthenticationRequired: {
		message: 'A proxy returned 407: it requires authentication',
		hint: "Check HTTPS_PROXY and NO_PROXY in n8n's environment, including the user and password in the proxy's URL.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},
	unencryptedProxy: {
		message: 'n8n would send the key to a proxy without encryption',
		hint: "The team URL is an address of this machine without TLS, and HTTP_PROXY is set in n8n's environment. Add the host to NO_PROXY there, for example NO_PROXY=localhost,127.0.0.1. Nothing was sent.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	proxyRefused: {
		message: 'A proxy or firewall, not Celonis, returned {status}: {page}',
		hint: `Celonis does not respond with such a page or text. Ask whoever runs the ${INTERMEDIARIES} to let n8n's requests to the team URL pass: see their allowlists and logs, HTTPS_PROXY and NO_PROXY in n8n's environment, and the credential's team URL.`,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	proxyUnavailable: {
		message: 'A proxy or gateway, not the API of Celonis, returned {status}: {page}',
		hint: `Try again later. If the problem persists, ask whoever runs the ${INTERMEDIARIES}: one of them cannot reach Celonis. If there are none on your side, contact Celonis support.`,
		retry: 'backoff',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	networkError: {
		message: 'The connection to Celonis failed ({nativeCode})',
		hint: "Check the credential's team URL, and the DNS, proxies and firewalls between n8n and Celonis.",
		retry: 'never',
		outcome: 'unknown',
		isPassing: true,
	},
	timeout: {
		message: 'Celonis did not respond in time',
		hint: `Try again later. If the problem persists, check the ${INTERMEDIARIES}, or increase 'Timeout (Seconds)' under Options.`,
		retry: 'backoff',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},

	// Token endpoint
	invalidClient: {
		message: 'Celonis issued no access token: invalid_client',
		hint: `Check the client ID and the client secret. 'Client Authentication' must be the method that the OAuth client was registered with. ${CLIENT_SECRET_BASIC}`,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'credential-invalid',
	},
	invalidScope: {
		message: 'Celonis issued no access token: invalid_scope',
		hint: "The OAuth client lacks a scope that the credential requests: 'audit.log:read', unless you changed it. In Celonis: Admin & Settings → Applications → the OAuth client → Scopes.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'credential-invalid',
	},
	unauthorizedClient: {
		message: 'Celonis issued no access token: unauthorized_client',
		hint: "The OAuth client is not allowed to use client credentials. In Celonis: Admin & Settings → Applications, register it with the grant type 'Client credentials'.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'credential-invalid',
	},
	tokenError: {
		message: 'Celonis issued no access token: {nativeCode}',
		hint: `Check the client ID, the client secret and the scope of the credential. If the status is 403, n8n's IP address may be missing from the team's allowlist. ${CLIENT_SECRET_BASIC}`,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'credential-invalid',
	},
	tokenRefusedWithoutReason: {
		message: 'The request for an access token was refused without a reason ({nativeCode})',
		hint: `Celonis may have refused it, or one of the ${INTERMEDIARIES}, whose page was lost. n8n's IP address may be missing from the team's allowlist, or the team URL from that of a proxy.`,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	tokenEndpointNotFound: {
		message: 'The team URL has no token endpoint ({nativeCode})',
		hint: TEAM_URL,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	tokenEndpointUnavailable: {
		message: 'The token endpoint of Celonis is not available ({nativeCode})',
		hint: `Try again later: Celonis may be under maintenance, or a proxy may respond in its place. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},

	// HTTP status
	unauthorized: {
		message: 'Celonis returned 401: the credential was rejected',
		hint: "Check the credential. The key may have been deleted, may be of the other 'Key Type', or may be limited to 'only from within the Celonis Platform'. An OAuth client needs the right secret and authentication method.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'credential-invalid',
	},
	forbidden: {
		message: 'Celonis returned 403: the application lacks {permission}',
		hint: '{grantHint}',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	forbiddenWithoutReason: {
		message: 'Celonis returned 403 without a reason',
		hint: "The {name} may be turned off for the team, n8n's IP address may be missing from the team's allowlist, or {permission} may be missing. {grantHint}",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	scopeNotRequested: {
		message: "Celonis returned 403: the credential does not request the scope '{scope}'",
		hint: "First add this scope to the OAuth client in Celonis. Then add it to 'Scope' of the credential, after a space. The order matters: every request fails if the credential requests a scope that the client lacks. n8n may use the old token for up to 15 minutes; a new credential takes effect at once.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	badRequest: {
		message: 'Celonis returned 400: it rejected the request',
		hint: 'Check {parameters}, or {alternative}.',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},
	notFound: {
		message: 'The server returned 404: there is no {name} at this address',
		hint: `If the team URL is right, {alternative}. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	rateLimited: {
		message: 'Celonis returned 429: too many requests',
		hint: 'All programs that access the team share its rate limit. {rateLimitHint}',
		retry: 'backoff',
		outcome: 'notExecuted',
		isPassing: true,
		failure: 'rate-limited',
	},
	redirect: {
		message: 'The server returned {status}: a redirect',
		hint: `It often leads to a sign-in page, of Celonis or of a proxy. Redirects are not followed, because the key would be sent along. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	requestTooLarge: {
		message: 'The server returned 413: the request is too large for it, or for a proxy before it',
		hint: '{requestSizeHint}',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	unexpectedStatus: {
		message: 'The server returned the unexpected status {status}',
		hint: `The response may come from one of the ${INTERMEDIARIES}.`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	serverError: {
		message: 'Celonis returned {status}: an internal error of the service',
		hint: 'Try again later. If the problem persists, contact Celonis support, and include the reference if there is one.',
		retry: 'once',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	unavailable: {
		message: 'Celonis returned {status}: the service is not available',
		hint: `Try again later. Celonis may be under maintenance, or one of the ${INTERMEDIARIES} cannot reach it.`,
		retry: 'backoff',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},

	// Responses of another service
	htmlResponse: {
		message: 'Expected {content}, but the response is a web page',
		hint: `It is often a sign-in page, or a page of a proxy. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'unknown',
		isPassing: true,
	},
	emptyResponse: {
		message: 'Expected {content}, but the response is empty',
		hint: `The response may come from a proxy between n8n and Celonis. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	plainTextResponse: {
		message: 'Expected {content}, but the response is plain text',
		hint: `It may come from a proxy between n8n and Celonis. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	unexpectedJson: {
		message: 'Expected {content}, but the response is JSON in another format',
		hint: `Celonis may be under maintenance, or another service responds. ${TEAM_URL}`,
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	errorInBody: {
		message: 'Celonis returned {status}, but the response describes an error',
		hint: 'Try again later. If the problem persists, contact Celonis support, and include the reference if there is one.',
		retry: 'once',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},

	// Broken responses
	truncatedResponse: {
		message: 'The response from Celonis is truncated',
		hint: 'Try again. If the problem persists, check the proxies between n8n and Celonis.',
		retry: 'backoff',
		outcome: 'unknown',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	responseTooLarge: {
		message: 'The response from Celonis is larger than {limit}',
		hint: '{responseSizeHint}',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	incompleteList: {
		message: 'Celonis returned only a part of {content}',
		hint: 'Stopped: the rest cannot be read, because this API has no pages as far as is known. Contact Celonis support, or {alternative}.',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	invalidPageToken: {
		message: 'Celonis announced a further page of {content} without a usable page token',
		hint: 'Stopped: the rest cannot be read. Contact Celonis support, or {alternative}.',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	repeatedPageToken: {
		message: 'Celonis sent the same page token twice',
		hint: "Stopped: paging would loop forever. Try again, or set 'API Version' to 'V1' under Options.",
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	endlessPaging: {
		message: 'Reading {content} exceeded a safety limit ({limit})',
		hint: 'Stopped: paging might loop forever. {lessHint}, or {alternative}.',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},
	pageShift: {
		message: 'The pages of {content} kept changing while they were read',
		hint: '{pageShiftHint}',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
	},

	// Data push
	jobFailed: {
		message: 'The data push job failed ({job})',
		hint: "The table has not changed. Check 'Columns' and 'Keys' against the table in the data pool.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},
	jobCanceled: {
		message: 'The data push job was cancelled in Celonis ({job})',
		hint: 'Push again: rows that already exist are not added twice.',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},
	jobUnfinished: {
		message: 'The data push job has not finished ({job})',
		hint: "Celonis may still complete it. Check the job in the data pool, or increase 'Job Timeout (Seconds)' under Options.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},

	// n8n
	unreadableCursor: {
		message: 'The saved position in {content} cannot be read',
		hint: "It was changed or damaged. To start over, replace this node with a new one and set 'Start From' to the date from which events are missing.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	newerCursor: {
		message: 'The saved position in {content} cannot be read',
		hint: "It was written by a newer version of this node. Update the package 'n8n-nodes-celonis'. To start over instead, replace this node with a new one and set 'Start From' to the date from which events are missing.",
		retry: 'never',
		outcome: 'final',
		isPassing: false,
		failure: 'configuration-invalid',
	},
	pollDeadlineExceeded: {
		message: 'The poll ran out of time before it had read {content}',
		hint: 'Celonis responds, but too slowly to read everything in time. {deadlineHint}',
		retry: 'never',
		outcome: 'final',
		isPassing: true,
		failure: 'temporarily-unavailable',
	},
	cancelled: {
		message: 'The execution was cancelled',
		hint: 'Nothing was delivered.',
		retry: 'never',
		outcome: 'final',
		isPassing: false,
	},
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCode = keyof typeof ERROR_CATALOG;

/** Whether a request that ended with this error can be sent again without being executed twice. */
export function isSafeToRetry(code: ErrorCode): boolean {
	return ERROR_CATALOG[code].outcome === 'notExecuted';
}

/** Whether Celonis may or may not have executed the request that ended with this error. */
export function isOutcomeUnknown(code: ErrorCode): boolean {
	return ERROR_CATALOG[code].outcome === 'unknown';
}
