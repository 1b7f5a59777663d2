import type { Failure } from 'n8n-workflow';

/** What is known of one thing that can go wrong between the node and the log. */
export interface ErrorDefinition {
	/** What happened: n8n's error message. `{status}` and the like stand for facts of the fault. */
	readonly message: string;
	/** What to do: n8n's description of the error, followed by what Celonis said. */
	readonly hint: string;
	/** Whether a request that may be repeated is sent again. `backoff`: several times, with pauses. */
	readonly retry: 'never' | 'once' | 'backoff';
	/** Tells n8n's poll scheduler how to back off; without it, n8n judges by the status. */
	readonly failure?: Failure['cause'];
}

const TEAM_URL =
	"Open the credential and set 'Team URL' to the address of your Celonis team, as in the browser's address bar, for example https://your-team.eu-1.celonis.cloud. It must start with https://";

/**
 * Every fault there is, in one table: what users read, what is retried, how n8n backs off. What
 * stands in braces are facts of the fault, or of the API that it is about (`ApiFacts`). The
 * troubleshooting section of the README is made from it, and each row has its test.
 */
export const ERROR_CATALOG = {
	teamUrl: {
		message: 'The team URL of the credential cannot be used',
		hint: TEAM_URL,
		retry: 'never',
		failure: 'configuration-invalid',
	},

	// The way there
	unknownHost: {
		message: 'The team URL leads to no known host ({nativeCode})',
		hint: `Check its spelling, and that n8n can look up host names. ${TEAM_URL}`,
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},
	unreachable: {
		message: 'Celonis could not be reached ({nativeCode})',
		hint: "No connection comes about. Check the credential's team URL, and that firewalls and proxies let n8n through to it.",
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},
	connectionLost: {
		message: 'The connection to Celonis was lost ({nativeCode})',
		hint: 'Try again. If it stays, look at proxies and firewalls between n8n and Celonis.',
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},
	notSecure: {
		message: 'No secure connection to Celonis comes about ({nativeCode})',
		hint: 'The certificate at the team URL is not trusted, or something else than https answers there. Where a proxy reads along, n8n must know its certificate authority: see NODE_EXTRA_CA_CERTS of Node.js. Nothing was sent.',
		retry: 'never',
	},
	proxyRefused: {
		message: 'A proxy answered 407: it wants n8n to sign in',
		hint: "Check HTTPS_PROXY and NO_PROXY in n8n's environment, and the user and password in the proxy's address there.",
		retry: 'never',
	},
	network: {
		message: 'The connection to Celonis failed ({nativeCode})',
		hint: "Check the credential's team URL, and what stands between n8n and Celonis: DNS, proxy, firewall.",
		retry: 'never',
	},
	timeout: {
		message: 'Celonis did not answer in time',
		hint: "Try again, or raise 'Timeout' under Options.",
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},

	// The token endpoint
	wrongClient: {
		message: 'Celonis gave no access token: invalid_client',
		hint: "Check the client ID, the client secret, and that 'Client Authentication' is the method that the OAuth client was registered with.",
		retry: 'never',
		failure: 'credential-invalid',
	},
	wrongScope: {
		message: 'Celonis gave no access token: invalid_scope',
		hint: "The OAuth client lacks the scope. In Celonis: Admin & Settings → Applications → the OAuth client → Scopes. The credential asks for 'audit.log:read' unless you changed it.",
		retry: 'never',
		failure: 'credential-invalid',
	},
	wrongGrant: {
		message: 'Celonis gave no access token: unauthorized_client',
		hint: "The OAuth client may not use client credentials. In Celonis: Admin & Settings → Applications, register it with the grant type 'Client credentials'.",
		retry: 'never',
		failure: 'credential-invalid',
	},
	noToken: {
		message: 'Celonis gave no access token: {nativeCode}',
		hint: 'Check the client ID, secret and scope of the credential.',
		retry: 'never',
		failure: 'credential-invalid',
	},
	noTokenEndpoint: {
		message: 'No access tokens are to be had at this address ({nativeCode})',
		hint: TEAM_URL,
		retry: 'never',
		failure: 'configuration-invalid',
	},

	// Refusals
	unauthorized: {
		message: 'Celonis answered 401: the credential was not accepted',
		hint: "Check the credential. A key may have been deleted, be of the other 'Key Type', or be limited to 'only from within the Celonis Platform'; an OAuth client needs the right secret and authentication method.",
		retry: 'never',
		failure: 'credential-invalid',
	},
	forbidden: {
		message: 'Celonis answered 403: the application lacks {right}',
		hint: '{access}',
		retry: 'never',
		failure: 'configuration-invalid',
	},
	forbiddenSilently: {
		message: 'Celonis answered 403 without a reason',
		hint: 'The {name} may be switched off for the team, this address may be missing on its IP allowlist, or {right} is missing. {access}',
		retry: 'never',
		failure: 'configuration-invalid',
	},
	scopeNotAsked: {
		message: "Celonis answered 403: the credential does not ask for the scope '{scope}'",
		hint: "Give the OAuth client this scope in Celonis, then add it to 'Scope' of the credential, after a space. Asking for a scope that the client lacks fails every request, so do it in this order. n8n goes on with the old token for up to 15 minutes; a new credential starts at once.",
		retry: 'never',
		failure: 'configuration-invalid',
	},
	badRequest: {
		message: 'Celonis answered 400: it did not accept the request',
		hint: 'Check {parameters}, or {otherWay}.',
		retry: 'never',
	},
	notFound: {
		message: 'Celonis answered 404: there is no {name} at this address',
		hint: `If the team URL is right, {otherWay}. ${TEAM_URL}`,
		retry: 'never',
		failure: 'configuration-invalid',
	},
	rateLimited: {
		message: 'Celonis answered 429: too many requests',
		hint: "Other programs that use the same team count too. Try again later, poll less often, or lower 'Concurrency' under Options.",
		retry: 'backoff',
		failure: 'rate-limited',
	},
	redirected: {
		message: 'Celonis answered {status}: it wants to redirect the request',
		hint: `Redirects are not followed, because the key would be sent along. ${TEAM_URL}`,
		retry: 'never',
	},
	unexpectedStatus: {
		message: 'Celonis answered with the unexpected status {status}',
		hint: 'A proxy or firewall between n8n and Celonis may have answered instead.',
		retry: 'never',
	},
	serverFault: {
		message: 'Celonis answered {status}: the service has a fault',
		hint: 'Try again later. If it stays, tell Celonis support, with the reference where one is given.',
		retry: 'once',
		failure: 'temporarily-unavailable',
	},
	unavailable: {
		message: 'Celonis answered {status}: the service is not available',
		hint: 'Try again later. Celonis may be under maintenance, or a proxy finds no way to it.',
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},

	// Answers that are not the log
	webPage: {
		message: 'The answer is not {content} but a web page',
		hint: `Often it is a sign-in page, or a page of a proxy. ${TEAM_URL}`,
		retry: 'never',
	},
	emptyAnswer: {
		message: 'The answer is not {content} but an empty answer',
		hint: `A proxy between n8n and Celonis may have answered instead. ${TEAM_URL}`,
		retry: 'never',
	},
	plainText: {
		message: 'The answer is not {content} but plain text',
		hint: TEAM_URL,
		retry: 'never',
	},
	otherJson: {
		message: 'The answer is not {content} but JSON that holds no list of {entries}',
		hint: TEAM_URL,
		retry: 'never',
	},

	// Answers that are broken
	cutOff: {
		message: 'The answer of Celonis was cut off',
		hint: 'Try again. If it stays, look at proxies between n8n and Celonis.',
		retry: 'backoff',
		failure: 'temporarily-unavailable',
	},
	tooLarge: {
		message: 'The answer of Celonis is larger than {limit}',
		hint: "No page of {entries} is that large. Check the credential's team URL, and proxies between n8n and Celonis; or {otherWay}.",
		retry: 'never',
	},
	notAnObject: {
		message: 'A record of {content} is not an object ({position})',
		hint: 'Nothing was skipped and nothing was delivered. Tell Celonis support, or {otherWay}.',
		retry: 'never',
	},
	noTimestamp: {
		message: "A record of {content} has a 'timestamp' that is not a date and time ({position})",
		hint: 'Nothing was skipped and nothing was delivered. Tell Celonis support, or {otherWay}.',
		retry: 'never',
	},
	repeatedToken: {
		message: 'Celonis sent the same page token twice',
		hint: "Reading on would never end. Try again, or set 'API Version' to 'v1' under Options.",
		retry: 'never',
	},
	endless: {
		message: 'Celonis sends {content} without an end ({limit})',
		hint: 'Read a shorter window, or {otherWay}.',
		retry: 'never',
	},
	shifted: {
		message: 'The pages of {content} kept changing while they were read',
		hint: '{steadierWay}',
		retry: 'never',
	},
	noServerTime: {
		message: "The answer of Celonis has no 'Date' header",
		hint: 'The node goes by the clock of the server. Look at proxies between n8n and Celonis that remove headers.',
		retry: 'never',
	},

	// Data push
	jobFailed: {
		message: 'The data push job ended with an error ({job})',
		hint: "The table is as it was before. Check 'Columns' and 'Keys' against the table in the data pool.",
		retry: 'never',
	},
	jobCanceled: {
		message: 'The data push job was cancelled in Celonis ({job})',
		hint: 'Push again: rows that are there already are put in once.',
		retry: 'never',
	},
	jobUnfinished: {
		message: 'The data push job has not ended ({job})',
		hint: "Celonis may still carry it out. Look at it in the data pool, or raise 'Job Timeout' under Options.",
		retry: 'never',
	},

	// On this side
	outOfTime: {
		message: 'The time of one poll was too short to read {content} to its end',
		hint: "Poll more often, or lower 'Lookback' under Options.",
		retry: 'never',
	},
	cancelled: {
		message: 'The execution was cancelled',
		hint: 'Nothing was delivered.',
		retry: 'never',
	},
} as const satisfies Readonly<Record<string, ErrorDefinition>>;

export type ErrorCode = keyof typeof ERROR_CATALOG;
