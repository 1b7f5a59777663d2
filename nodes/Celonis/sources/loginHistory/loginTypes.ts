import { getOwn } from '../../records/json';

/** The meaning of a type of login event. */
export interface LoginType {
	readonly activity: 'logon' | 'logoff';
	/** How the user signed in, if the type says so. */
	readonly method?: 'Celonis ID' | 'OpenID Connect' | 'Single Sign-On';
	/** Why the sign-in failed, if the type stands for a failure. */
	readonly failureReason?: string;
	/** Whether a second factor was requested. */
	readonly isMfa?: true;
	/** Whether somebody may be trying to get in: the account is locked, or the password was right. */
	readonly isSuspicious?: true;
}

/** The types that Celonis documents: Team API, `findAllAuthenticationEvents`. */
export const LOGIN_TYPES = {
	LOGIN: { activity: 'logon' },
	LOGIN_SSO: { activity: 'logon', method: 'Single Sign-On' },
	LOGIN_CELONIS_ID: { activity: 'logon', method: 'Celonis ID' },
	LOGIN_OIDC: { activity: 'logon', method: 'OpenID Connect' },
	LOGOUT: { activity: 'logoff' },
	ACCOUNT_TEMPORARILY_LOCKED: {
		activity: 'logon',
		failureReason: 'The account is temporarily locked',
		isSuspicious: true,
	},
	ACCOUNT_NOT_CONFIRMED: { activity: 'logon', failureReason: 'The account is not confirmed' },
	ACCOUNT_NOT_ACTIVE: { activity: 'logon', failureReason: 'The account is not active' },
	NOT_MEMBER_OF_TEAM: { activity: 'logon', failureReason: 'Not a member of the team' },
	TEAM_MEMBERSHIP_NOT_ACTIVE: {
		activity: 'logon',
		failureReason: 'The membership of the team is not active',
	},
	TEAM_MEMBERSHIP_NOT_CONFIRMED: {
		activity: 'logon',
		failureReason: 'The membership of the team is not confirmed',
	},
	BAD_CREDENTIALS: { activity: 'logon', failureReason: 'Wrong credentials' },
	INVALID_2FA_TOKEN: {
		activity: 'logon',
		failureReason: 'Wrong token of the second factor',
		isMfa: true,
		isSuspicious: true,
	},
	INVALID_PROVIDER: { activity: 'logon', failureReason: 'Wrong identity provider' },
} as const satisfies Readonly<Record<string, LoginType>>;

export type LoginTypeName = keyof typeof LOGIN_TYPES;

/** The names of the documented types, in alphabetical order. */
export const LOGIN_TYPE_NAMES = (Object.keys(LOGIN_TYPES) as LoginTypeName[]).sort();

/** The meaning of a type; `undefined` if Celonis does not document it. */
export function getLoginType(name: string): LoginType | undefined {
	return getOwn<LoginType>(LOGIN_TYPES, name);
}
