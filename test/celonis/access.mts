/** An OAuth client as an admin registers it in Celonis. */
export interface OAuthClient {
	clientId: string;
	clientSecret: string;
	/** Where the client may put its secret: form body ("client secret post"), Basic header, or both. */
	authentication: 'post' | 'basic' | 'both';
	scopes: string[];
	/** The team permission "Audit Log API"; the scope alone is not enough. */
	auditLogPermission: boolean;
}

export interface AppKey {
	key: string;
	/** An application key starts without permissions. */
	auditLogPermission: boolean;
	/** "Only from within the Celonis Platform": refused from outside, so from the simulator as well. */
	platformOnly?: boolean;
}

export interface ApiKey {
	key: string;
	/** Whether the user who made the key has the permission. */
	auditLogPermission: boolean;
}

/** Who may do what. Tests change it while the simulator runs: it is looked up at every request. */
export interface Access {
	oauthClients: OAuthClient[];
	appKeys: AppKey[];
	apiKeys: ApiKey[];
	/** False: the API is switched off for the team. */
	auditApiEnabled: boolean;
	/** Scope that the audit endpoints ask for. The documents say `audit.log:read`; one says `audit.log`. */
	auditScope: string;
	tokenLifeSeconds: number;
}

export const defaultClient: Readonly<OAuthClient> = {
	clientId: 'simulator-client',
	clientSecret: 'not-a-secret-simulator-client',
	authentication: 'both',
	scopes: ['audit.log:read'],
	auditLogPermission: true,
};

export const defaultAppKey: Readonly<AppKey> = {
	key: 'not-a-secret-simulator-app-key',
	auditLogPermission: true,
};

export const defaultApiKey: Readonly<ApiKey> = {
	key: 'not-a-secret-simulator-api-key',
	auditLogPermission: true,
};

/** The usual access, with what is given instead: copies, so that no test changes another's. */
export function accessWith(given: Partial<Access> = {}): Access {
	return structuredClone({
		oauthClients: given.oauthClients ?? [defaultClient],
		appKeys: given.appKeys ?? [defaultAppKey],
		apiKeys: given.apiKeys ?? [defaultApiKey],
		auditApiEnabled: given.auditApiEnabled ?? true,
		auditScope: given.auditScope ?? 'audit.log:read',
		tokenLifeSeconds: given.tokenLifeSeconds ?? 899,
	});
}
