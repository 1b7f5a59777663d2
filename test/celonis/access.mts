/** What an admin has allowed a client, a key, or the user who made a key. */
export interface Permissions {
	/** The team permission "Audit Log API"; the scope alone is not enough. */
	auditLogPermission: boolean;
	/** The team permission for the Login History; not given unless it is set. */
	loginHistoryPermission?: boolean;
	/** The team permission for the list of members; not given unless it is set. */
	membersPermission?: boolean;
	/** Ids of the data pools that may be pushed to; none unless they are set. */
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
	/** "Only from within the Celonis Platform": refused from outside, so from the simulator as well. */
	platformOnly?: boolean;
}

/** An API key has the permissions of the user who made it. */
export interface ApiKey extends Permissions {
	key: string;
}

/** Who may do what. Tests change it while the simulator runs: it is looked up at every request. */
export interface Access {
	oauthClients: OAuthClient[];
	appKeys: AppKey[];
	apiKeys: ApiKey[];
	/** False: the API is switched off for the team. */
	auditApiEnabled: boolean;
	loginHistoryEnabled: boolean;
	membersEnabled: boolean;
	/** Scope that the audit endpoints ask for. The documents say `audit.log:read`; one says `audit.log`. */
	auditScope: string;
	/** Scopes that the neighbours ask for; an overview leaves out `:read`. */
	loginHistoryScope: string;
	membersScope: string;
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
	pushPools: [defaultPoolId],
};

/** A client for the audit log and all its neighbours. */
export const wideClient: Readonly<OAuthClient> = {
	...allPermissions,
	clientId: 'simulator-wide-client',
	clientSecret: 'not-a-secret-simulator-wide-client',
	authentication: 'both',
	scopes: [
		'audit.log:read',
		'team.login-history:read',
		'team.user-group-info:read',
		'integration.data-pools:data_push',
	],
};

export const wideAppKey: Readonly<AppKey> = {
	...allPermissions,
	key: 'not-a-secret-simulator-wide-app-key',
};

export const wideApiKey: Readonly<ApiKey> = {
	...allPermissions,
	key: 'not-a-secret-simulator-wide-api-key',
};

/** The usual access, with what is given instead: copies, so that no test changes another's. */
export function accessWith(given: Partial<Access> = {}): Access {
	return structuredClone({
		oauthClients: given.oauthClients ?? [defaultClient, wideClient],
		appKeys: given.appKeys ?? [defaultAppKey, wideAppKey],
		apiKeys: given.apiKeys ?? [defaultApiKey, wideApiKey],
		auditApiEnabled: given.auditApiEnabled ?? true,
		loginHistoryEnabled: given.loginHistoryEnabled ?? true,
		membersEnabled: given.membersEnabled ?? true,
		auditScope: given.auditScope ?? 'audit.log:read',
		loginHistoryScope: given.loginHistoryScope ?? 'team.login-history:read',
		membersScope: given.membersScope ?? 'team.user-group-info:read',
		dataPushScope: given.dataPushScope ?? 'integration.data-pools:data_push',
		tokenLifeSeconds: given.tokenLifeSeconds ?? 899,
	});
}
