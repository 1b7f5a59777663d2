/** The terms that error texts use for an API of Celonis. */
export interface ApiDescription {
	readonly name: string;
	/** What its responses contain. */
	readonly content: string;
	/** The elements of that content, as a plural. */
	readonly entries: string;
	/** OAuth scopes of which one is required. */
	readonly scopes: readonly [string, ...string[]];
	/** The permission that it requires besides the scope. */
	readonly permission: string;
	/** How to get that permission, in sentences. */
	readonly grantHint: string;
	/** The parameters that a request is built from. */
	readonly parameters: string;
	/** What to try when responses are not as documented: the end of a sentence. */
	readonly alternative: string;
	/** What to read instead if there is no end to it: the beginning of a sentence. */
	readonly lessHint: string;
	/** What to do when pages shift while they are read, in sentences. */
	readonly pageShiftHint: string;
	/** How to stay below the rate limit, in sentences. */
	readonly rateLimitHint: string;
	/** What to do if a request is too large, in sentences. */
	readonly requestSizeHint: string;
	/** What to do if a response is too large, in sentences. */
	readonly responseSizeHint: string;
	/** What to do if a poll has too little time, in sentences. */
	readonly deadlineHint: string;
}

/** A name in braces that stands for a term of an API. */
export type ApiTerm = Exclude<keyof ApiDescription, 'scopes'> | 'scope';

const NEWER_PACKAGE = 'look for a newer version of this package';
const OTHER_API_VERSION = "try the other 'API Version' under Options";
const LOG_PARAMETERS = "'From' and 'To' (in the trigger: 'Start Date')";
const LOG_HINTS = {
	rateLimitHint:
		"Try again later, or lower 'Concurrency' under Options. With the trigger, poll less often.",
	lessHint: 'Read a shorter window',
	requestSizeHint:
		'To read, n8n sends small requests only. Check the proxies and firewalls between n8n and Celonis.',
	deadlineHint: "Poll more often, or lower 'Lookback (Minutes)' under Options.",
} as const;
/** Every page is small: one that is not comes from somewhere else. */
function describeTooLargePage(entries: string, alternative: string): string {
	return `No page of ${entries} is that large. Check the credential's team URL and the proxies between n8n and Celonis, or ${alternative}.`;
}

const WITHOUT_MEMBERS =
	"remove 'Enrich Actor' under Options (for permissions: 'Add Member Details')";
const API_KEYS = 'An API key has the permissions of the user who created it.';

const MEMBERS = {
	name: 'Members API',
	content: 'the list of members',
	entries: 'members',
	scopes: ['team.user-group-info:read', 'team.user-group-info'],
	permission: 'the permission to read the members of the team',
	grantHint: `A team admin can grant it to the application: Admin & Settings → Permissions → Team. ${API_KEYS} For OAuth, the client also needs the scope 'team.user-group-info:read'.`,
	parameters: "the value of 'Limit'",
	alternative: NEWER_PACKAGE,
	responseSizeHint: describeTooLargePage('members', NEWER_PACKAGE),
	pageShiftHint: 'Try again.',
	requestSizeHint: LOG_HINTS.requestSizeHint,
	rateLimitHint: "Try again later, or lower 'Limit'.",
	lessHint: "Lower 'Limit'",
	deadlineHint: 'Try again.',
} as const;

/** The APIs that the nodes use. */
export const APIS = {
	auditLog: {
		name: 'Audit Log API',
		content: 'the audit log',
		entries: 'audit events',
		scopes: ['audit.log:read', 'audit.log'],
		permission: "the team permission 'Audit Log API'",
		grantHint: `In Celonis: Admin & Settings → Permissions → Team → the application → Audit Log API. ${API_KEYS} For OAuth, the client also needs the scope 'audit.log:read'.`,
		parameters: LOG_PARAMETERS,
		alternative: OTHER_API_VERSION,
		responseSizeHint: describeTooLargePage('audit events', OTHER_API_VERSION),
		pageShiftHint:
			"Set 'API Version' to 'V2' under Options, whose paging is more stable, or read a shorter window. With the trigger, poll more often.",
		...LOG_HINTS,
	},
	loginHistory: {
		name: 'Login History API',
		content: 'the login history',
		entries: 'login events',
		scopes: ['team.login-history:read', 'team.login-history'],
		permission: 'the permission to read the login history',
		grantHint: `A team admin can grant it to the application: Admin & Settings → Permissions → Team. ${API_KEYS} For OAuth, the client also needs the scope 'team.login-history:read'. An admin must also turn on the login history itself.`,
		parameters: LOG_PARAMETERS,
		alternative: NEWER_PACKAGE,
		responseSizeHint: describeTooLargePage('login events', NEWER_PACKAGE),
		pageShiftHint: 'Try again, or read a shorter window. With the trigger, poll more often.',
		...LOG_HINTS,
	},
	members: MEMBERS,
	/** The same API, where other operations read it. */
	memberDirectory: {
		...MEMBERS,
		parameters: "'Enrich Actor' under Options (for permissions: 'Add Member Details')",
		rateLimitHint: `Try again later, or ${WITHOUT_MEMBERS}.`,
		lessHint: `To do without it, ${WITHOUT_MEMBERS}`,
		deadlineHint: `Poll more often, or ${WITHOUT_MEMBERS}.`,
	},
	permissions: {
		name: 'Permissions API',
		content: 'the list of permissions',
		entries: 'permissions',
		scopes: ['authorization.permissions:read', 'authorization.permissions'],
		permission: 'the permission to read the permissions of the team',
		grantHint: `A team admin can grant it to the application: Admin & Settings → Permissions → Team. ${API_KEYS} For OAuth, the client also needs the scope 'authorization.permissions:read'.`,
		parameters: "the credential's team URL",
		alternative: NEWER_PACKAGE,
		pageShiftHint: 'Try again.',
		...LOG_HINTS,
		rateLimitHint: 'Try again later, or list the permissions less often.',
		lessHint: 'Try again',
		responseSizeHint:
			'Celonis sends all permissions of a team in one response, and this team may have too many for n8n. Export them in Celonis instead: Admin & Settings → Permissions → Export as CSV. If the team is small, check the proxies between n8n and Celonis.',
		deadlineHint: 'Try again.',
	},
	dataPush: {
		name: 'Data Push API',
		content: 'a data push job',
		entries: 'data push jobs',
		scopes: ['integration.data-pools:data_push', 'integration.data-pools'],
		permission: "the permission 'Data Push API' of the data pool",
		grantHint: `In Celonis: Admin & Settings → Permissions → Data Integration → the data pool → Data Push API. ${API_KEYS} For OAuth, the client also needs the scope 'integration.data-pools:data_push'.`,
		parameters: "'Table Name', 'Columns' and 'Keys'",
		alternative: "check 'Data Pool'",
		responseSizeHint: describeTooLargePage('data push jobs', "check 'Data Pool'"),
		pageShiftHint: 'Try again.',
		rateLimitHint: 'Try again later, and push more rows in fewer executions.',
		lessHint: 'Try again',
		requestSizeHint:
			"Lower 'Chunk Size (MB)' under Options, or raise the limit of the proxy between n8n and Celonis (nginx: client_max_body_size).",
		deadlineHint: 'Try again.',
	},
} as const satisfies Readonly<Record<string, ApiDescription>>;

export type ApiName = keyof typeof APIS;

/** Terms in place of those of an API, for an operation that has other parameters. */
export type OtherTerms = Partial<Readonly<Record<ApiTerm, string>>>;

/** A text with the terms of an API in place of their names in braces. Other braces stay. */
export function interpolateApiTerms(api: ApiName, text: string, otherTerms?: OtherTerms): string {
	const { scopes, ...texts } = APIS[api];
	const terms: Readonly<Record<ApiTerm, string>> = { ...texts, scope: scopes[0], ...otherTerms };
	return text.replace(/\{(\w+)\}/g, (braces, name) => terms[name as ApiTerm] ?? braces);
}
