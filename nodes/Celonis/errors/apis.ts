/** What users read about an API of Celonis where something goes wrong with it. */
export interface ApiDescription {
	readonly name: string;
	/** What its answers hold. */
	readonly content: string;
	/** What that is made of. */
	readonly entries: string;
	/** OAuth scopes of which one is needed. */
	readonly scopes: readonly [string, ...string[]];
	/** What it takes besides the scope. */
	readonly right: string;
	/** How to come to it: whole sentences. */
	readonly access: string;
	/** Which parameters a request is made of. */
	readonly parameters: string;
	/** What to try where the answers are not as documented. */
	readonly otherWay: string;
	/** What to do where the pages do not stay the same while they are read: whole sentences. */
	readonly steadierWay: string;
}

const NEWER_PACKAGE = 'look for a newer version of this package';
const OF_THE_USER = 'An API key has the permissions of the user who made it.';

/** The APIs that the nodes talk to. */
export const APIS = {
	auditLog: {
		name: 'Audit Log API',
		content: 'the audit log',
		entries: 'audit events',
		scopes: ['audit.log:read', 'audit.log'],
		right: "the team permission 'Audit Log API'",
		access: `In Celonis: Admin & Settings → Permissions → Team → the application → Audit Log API. ${OF_THE_USER} For OAuth, the client also needs the scope 'audit.log:read'.`,
		parameters: "the values of 'From' and 'To'",
		otherWay: "try the other 'API Version' under Options",
		steadierWay:
			"Set 'API Version' to 'v2' under Options, which pages in a more stable way, or read a shorter window.",
	},
	loginHistory: {
		name: 'Login History API',
		content: 'the login history',
		entries: 'login events',
		scopes: ['team.login-history:read', 'team.login-history'],
		right: 'the permission to read the login history',
		access: `An admin of the team can give it to the application: Admin & Settings → Permissions → Team. ${OF_THE_USER} For OAuth, the client also needs the scope 'team.login-history:read'. The login history itself has to be switched on by an admin.`,
		parameters: "the values of 'From' and 'To'",
		otherWay: NEWER_PACKAGE,
		steadierWay: 'Try again, or read a shorter window.',
	},
	members: {
		name: 'Members API',
		content: 'the list of members',
		entries: 'members',
		scopes: ['team.user-group-info:read', 'team.user-group-info'],
		right: 'the permission to read the members of the team',
		access: `An admin of the team can give it to the application: Admin & Settings → Permissions → Team. ${OF_THE_USER} For OAuth, the client also needs the scope 'team.user-group-info:read'.`,
		parameters: "the value of 'Limit'",
		otherWay: NEWER_PACKAGE,
		steadierWay: 'Try again.',
	},
	dataPush: {
		name: 'Data Push API',
		content: 'a data push job',
		entries: 'data push jobs',
		scopes: ['integration.data-pools:data_push', 'integration.data-pools'],
		right: "the permission 'Data Push API' of the data pool",
		access: `In Celonis: Admin & Settings → Permissions → Data Integration → the data pool → Data Push API. ${OF_THE_USER} For OAuth, the client also needs the scope 'integration.data-pools:data_push'.`,
		parameters: "'Table Name', 'Columns' and 'Keys'",
		otherWay: "check 'Data Pool ID'",
		steadierWay: 'Try again.',
	},
} as const satisfies Readonly<Record<string, ApiDescription>>;

export type ApiName = keyof typeof APIS;

/** A text with the facts of an API in place of their names in braces; what else is in braces stays. */
export function interpolateApiTerms(api: ApiName, text: string): string {
	const { scopes, ...facts } = APIS[api];
	const words: Readonly<Record<string, string>> = { ...facts, scope: scopes[0] };
	return text.replace(/\{(\w+)\}/g, (braced, name: string) => words[name] ?? braced);
}
