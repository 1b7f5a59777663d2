import type { Access, Permissions } from './access.mts';
import type { SimulatedResponse } from './responses.mts';
import { accessDenied, apiDisabled, unauthorized, wrongPrefix } from './responses.mts';
import type { Tokens } from './tokens.mts';

/** What an API requires of its caller, read at every request. */
export interface Requirement {
	/** False: the API is switched off for the team. */
	isEnabled: () => boolean;
	/** Undefined: any. */
	scope: () => string | undefined;
	permits: (permissions: Permissions) => boolean;
}

/** The caller, as identified by the `Authorization` header. */
interface Caller {
	known: boolean;
	/** Undefined for a key, which has no scopes. */
	scopes?: readonly string[];
	/** None for an unknown caller, and for a key that works from within Celonis only. */
	permissions?: Permissions;
	/** Names the key or token without showing it. */
	label: string;
}

/** What the audit endpoints require. */
export const requireAuditLog = (access: Access): Requirement => ({
	isEnabled: () => access.auditApiEnabled,
	scope: () => access.auditScope,
	permits: ({ auditLogPermission }) => auditLogPermission,
});

export const requireLoginHistory = (access: Access): Requirement => ({
	isEnabled: () => access.loginHistoryEnabled,
	scope: () => access.loginHistoryScope,
	permits: ({ loginHistoryPermission }) => loginHistoryPermission === true,
});

export const requireMembers = (access: Access): Requirement => ({
	isEnabled: () => access.membersEnabled,
	scope: () => access.membersScope,
	permits: ({ membersPermission }) => membersPermission === true,
});

export const requirePermissions = (access: Access): Requirement => ({
	isEnabled: () => access.permissionsEnabled,
	scope: () => access.permissionsScope,
	permits: ({ permissionsPermission }) => permissionsPermission === true,
});

export const requireDataPush = (access: Access, poolId: string): Requirement => ({
	isEnabled: () => true,
	scope: () => access.dataPushScope,
	permits: ({ pushPools = [] }) => pushPools.includes(poolId),
});

/** A credential that is valid is enough. */
export const requireSignIn: Requirement = {
	isEnabled: () => true,
	scope: () => undefined,
	permits: () => true,
};

/** Creates the check of a request against a requirement: a response means that it is rejected. */
export function createAuthorizer(access: Access, tokens: Tokens) {
	return (header: string | undefined, required: Requirement): SimulatedResponse | undefined => {
		if (header === undefined) return unauthorized();
		if (!/^(bearer|appkey) /i.test(header)) return wrongPrefix();
		const caller = identifyCaller(header, access, tokens);
		if (!caller.known) return unauthorized();
		if (!required.isEnabled()) return apiDisabled();
		return isAllowed(caller, required) ? undefined : accessDenied();
	};
}

/** The header without its secret: scheme and label. */
export function describeAuthorization(header: string, access: Access, tokens: Tokens): string {
	const scheme = /^[A-Za-z]+(?= )/.exec(header)?.[0] ?? 'none';
	if (/^basic$/i.test(scheme)) {
		const claimed = Buffer.from(header.slice(6), 'base64').toString().split(':')[0] ?? '';
		const client = access.oauthClients.find(({ clientId }) => clientId === claimed);
		return `${scheme} ${client?.clientId ?? 'unknown'}`;
	}
	return `${scheme} ${identifyCaller(header, access, tokens).label}`;
}

function isAllowed({ scopes, permissions }: Caller, required: Requirement): boolean {
	const scope = required.scope();
	const hasScope = scopes === undefined || scope === undefined || scopes.includes(scope);
	return hasScope && permissions !== undefined && required.permits(permissions);
}

function identifyCaller(header: string, access: Access, tokens: Tokens): Caller {
	const [, scheme = '', key = ''] = /^(\S+) +(.*)$/.exec(header) ?? [];
	const unknownCaller = { known: false, label: 'unknown' };

	if (scheme.toLowerCase() === 'appkey') {
		const index = access.appKeys.findIndex((appKey) => appKey.key === key);
		const appKey = access.appKeys[index];
		if (!appKey) return unknownCaller;
		const permissions = appKey.platformOnly === true ? undefined : appKey;
		return { known: true, permissions, label: `appKey#${index + 1}` };
	}

	const token = tokens.find(key);
	if (token) {
		const client = access.oauthClients.find(({ clientId }) => clientId === token.clientId);
		return {
			known: client !== undefined && tokens.isAlive(token),
			scopes: token.scopes,
			permissions: client,
			label: token.label,
		};
	}

	const index = access.apiKeys.findIndex((apiKey) => apiKey.key === key);
	const apiKey = access.apiKeys[index];
	if (!apiKey) return unknownCaller;
	return { known: true, permissions: apiKey, label: `apiKey#${index + 1}` };
}
