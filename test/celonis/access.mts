/** What an admin has allowed a client, a key, or the user who created a key. */
export interface Permissions {
	/** The team permission "Audit Log API"; the scope alone is not enough. */
	auditLogPermission: boolean;
	/** The team permission for the Login History; denied by default. */
	loginHistoryPermission?: boolean;
	/** The team permission for the list of members; denied by default. */
	membersPermission?: boolean;
	/** The permission to read the permissions of the team; denied by default. */
	permissionsPermission?: boolean;
	/** Ids of the data pools that may be pushed to; none by default. */
	pushPools?: string[];
}

/** An OAuth client as an admin registers it in Celonis. */
export interface OAuthClient extends Permissions {
	clientId: string;
	clientSecret: string;
	/** Where the client may put its secret: form body ("client secret post"), Basic header, or both. */
	authentication: 'post' | 'basic' | 'both';
	scopes: string[];
}

/** An application key starts without permissions. */
export interface AppKey extends Permissions {
	key: string;
	/** "Only from within the Celonis Platform": rejected from outside, so by the simulator too. */
	platformOnly?: boolean;
}

/** An API key has the permissions of the user who created it. */
export interface ApiKey extends Permissions {
	key: string;
}

/** Who may do what. Tests change it while the simulator runs: it is read at every request. */
export interface Access {
	oauthClients: OAuthClient[];
	appKeys: AppKey[];
	apiKeys: ApiKey[];
	/** False: the API is switched off for the team. */
	auditApiEnabled: boolean;
	loginHistoryEnabled: boolean;
	membersEnabled: boolean;
	permissionsEnabled: boolean;
	/** Scope that the audit endpoints require. The documents say `audit.log:read`; one says `audit.log`. */
	auditScope: string;
	/** Scopes that the other APIs require; an overview omits `:read`. */
	loginHistoryScope: string;
	membersScope: string;
	permissionsScope: string;
	dataPushScope: string;
	tokenLifeSeconds: number;
}

/** The data pool that a simulated team has. */
export const defaultPoolId = '5f0c7a52-4b1e-4f0a-9d3c-2c1f3e6a7b10';

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

const allPermissions: Readonly<Permissions> = {
	auditLogPermission: true,
	loginHistoryPermission: true,
	membersPermission: true,
	permissionsPermission: true,
	pushPools: [defaultPoolId],
};

/** A client for the audit log and all other APIs. */
export const fullAccessClient: Readonly<OAuthClient> = {
	...allPermissions,
	clientId: 'simulator-wide-client',
	clientSecret: 'not-a-secret-simulator-wide-client',
	authentication: 'both',
	scopes: [
		'audit.log:read',
		'team.login-history:read',
		'team.user-group-info:read',
		'authorization.permissions:read',
		'integration.data-pools:data_push',
	],
};

export const fullAccessAppKey: Readonly<AppKey> = {
	...allPermissions,
	key: 'not-a-secret-simulator-wide-app-key',
};

export const fullAccessApiKey: Readonly<ApiKey> = {
	...allPermissions,
	key: 'not-a-secret-simulator-wide-api-key',
};

/** The default access with overrides: copies, so that no test changes another's. */
export function createAccess(overrides: Partial<Access> = {}): Access {
	return structuredClone({
		oauthClients: overrides.oauthClients ?? [defaultClient, fullAccessClient],
		appKeys: overrides.appKeys ?? [defaultAppKey, fullAccessAppKey],
		apiKeys: overrides.apiKeys ?? [defaultApiKey, fullAccessApiKey],
		auditApiEnabled: overrides.auditApiEnabled ?? true,
		loginHistoryEnabled: overrides.loginHistoryEnabled ?? true,
		membersEnabled: overrides.membersEnabled ?? true,
		permissionsEnabled: overrides.permissionsEnabled ?? true,
		auditScope: overrides.auditScope ?? 'audit.log:read',
		loginHistoryScope: overrides.loginHistoryScope ?? 'team.login-history:read',
		membersScope: overrides.membersScope ?? 'team.user-group-info:read',
		permissionsScope: overrides.permissionsScope ?? 'authorization.permissions:read',
		dataPushScope: overrides.dataPushScope ?? 'integration.data-pools:data_push',
		tokenLifeSeconds: overrides.tokenLifeSeconds ?? 899,
	});
}
