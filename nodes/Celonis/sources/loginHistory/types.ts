/** What a type of login event means. */
export interface LoginType {
	readonly activity: 'logon' | 'logoff';
	/** How somebody signed in, where the type tells. */
	readonly way?: 'Celonis ID' | 'OpenID Connect' | 'Single Sign-On';
	/** Why it did not work, where that is what the type says. */
	readonly refusal?: string;
	/** The second factor was asked for. */
	readonly isMfa?: true;
}

/** The types that Celonis documents: Team API, `findAllAuthenticationEvents`. */
export const LOGIN_TYPES = {
	LOGIN: { activity: 'logon' },
	LOGIN_SSO: { activity: 'logon', way: 'Single Sign-On' },
	LOGIN_CELONIS_ID: { activity: 'logon', way: 'Celonis ID' },
	LOGIN_OIDC: { activity: 'logon', way: 'OpenID Connect' },
	LOGOUT: { activity: 'logoff' },
	ACCOUNT_TEMPORARILY_LOCKED: { activity: 'logon', refusal: 'The account is temporarily locked' },
	ACCOUNT_NOT_CONFIRMED: { activity: 'logon', refusal: 'The account is not confirmed' },
	ACCOUNT_NOT_ACTIVE: { activity: 'logon', refusal: 'The account is not active' },
	NOT_MEMBER_OF_TEAM: { activity: 'logon', refusal: 'Not a member of the team' },
	TEAM_MEMBERSHIP_NOT_ACTIVE: {
		activity: 'logon',
		refusal: 'The membership of the team is not active',
	},
	TEAM_MEMBERSHIP_NOT_CONFIRMED: {
		activity: 'logon',
		refusal: 'The membership of the team is not confirmed',
	},
	BAD_CREDENTIALS: { activity: 'logon', refusal: 'Wrong credentials' },
	INVALID_2FA_TOKEN: {
		activity: 'logon',
		refusal: 'Wrong token of the second factor',
		isMfa: true,
	},
	INVALID_PROVIDER: { activity: 'logon', refusal: 'Wrong identity provider' },
} as const satisfies Readonly<Record<string, LoginType>>;

export type LoginTypeName = keyof typeof LOGIN_TYPES;

/** The names of the documented types, in alphabetical order. */
export const LOGIN_TYPE_NAMES = (Object.keys(LOGIN_TYPES) as LoginTypeName[]).sort();

/** What a type means; `undefined` for one that Celonis does not document. */
export function getLoginType(name: string): LoginType | undefined {
	const types: Readonly<Record<string, LoginType>> = LOGIN_TYPES;
	return Object.prototype.hasOwnProperty.call(types, name) ? types[name] : undefined;
}
