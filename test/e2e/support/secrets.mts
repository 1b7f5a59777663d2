import type { Access } from '../../celonis/access.mts';

const clientSecret = 'e2e-client-secret-7f3a9c51d0';
const basicClientSecret = 'e2e-basic-secret-1b8e44a2c7';
const appKey = 'e2e-app-key-93d05be6f8';
const apiKey = 'e2e-api-key-5c2f70a1e4';
const loginSecret = 'e2e-login-secret-b7d23e90f1';
const unprivilegedKey = 'e2e-powerless-key-0d6b28f39a';
const unprivilegedSecret = 'e2e-powerless-secret-c41e97d5b3';

const LOGIN_SCOPE = 'team.login-history:read';

/** A client that may read the login history too, as n8n's credential has it. */
export const loginClient = {
	clientId: 'login-client',
	clientSecret: loginSecret,
	scope: `audit.log:read ${LOGIN_SCOPE}`,
} as const;

/** A team's clients and keys with unique secrets, so that a leak can be found. */
export function createSecretAccess(): Pick<Access, 'oauthClients' | 'appKeys' | 'apiKeys'> {
	const scopes = ['audit.log:read'];
	return {
		oauthClients: [
			client('post-client', clientSecret, 'post'),
			client('basic-client', basicClientSecret, 'basic'),
			{ ...client('powerless-client', unprivilegedSecret, 'both'), auditLogPermission: false },
			{
				...client('login-client', loginSecret, 'both'),
				scopes: [...scopes, LOGIN_SCOPE],
				loginHistoryPermission: true,
			},
		],
		appKeys: [
			{ key: appKey, auditLogPermission: true },
			{ key: unprivilegedKey, auditLogPermission: false },
		],
		apiKeys: [{ key: apiKey, auditLogPermission: true }],
	};

	function client(clientId: string, secret: string, authentication: 'post' | 'basic' | 'both') {
		return { clientId, clientSecret: secret, authentication, scopes, auditLogPermission: true };
	}
}

/** The wrong secret or key of these tests. */
export const wrongSecret = 'e2e-wrong-secret-a1b2c3d4e5';

/** The prefix of every access token of the simulator. */
const TOKEN_PREFIX = 'not-a-secret-token-';

/** The secrets in a text, plain or in base64; there must be none. */
export function findSecrets(text: string): string[] {
	const plain = [
		clientSecret,
		basicClientSecret,
		appKey,
		apiKey,
		unprivilegedKey,
		unprivilegedSecret,
		loginSecret,
	];
	const encoded = Buffer.from(`basic-client:${basicClientSecret}`).toString('base64');
	return [...plain, wrongSecret, TOKEN_PREFIX, encoded].filter((secret) => text.includes(secret));
}
