import type { Access } from './access.mts';
import type { Answer } from './answers.mts';
import { accessDenied, apiOff, unauthorized, wrongPrefix } from './answers.mts';
import type { Tokens } from './tokens.mts';

/** Who is asking, as far as the `Authorization` header tells. */
interface Caller {
	known: boolean;
	allowed: boolean;
	/** Names the key or token without showing it. */
	label: string;
}

/** Decides on a request to the audit endpoints: an answer means no. */
export function authorization(access: Access, tokens: Tokens) {
	return (header: string | undefined): Answer | undefined => {
		if (header === undefined) return unauthorized();
		if (!/^(bearer|appkey) /i.test(header)) return wrongPrefix();
		const caller = identify(header, access, tokens);
		if (!caller.known) return unauthorized();
		if (!access.auditApiEnabled) return apiOff();
		return caller.allowed ? undefined : accessDenied();
	};
}

/** The header as it may be kept and shown: scheme and label, never a key. */
export function describeAuthorization(header: string, access: Access, tokens: Tokens): string {
	const scheme = /^[A-Za-z]+(?= )/.exec(header)?.[0] ?? 'none';
	if (/^basic$/i.test(scheme)) {
		const claimed = Buffer.from(header.slice(6), 'base64').toString().split(':')[0] ?? '';
		const client = access.oauthClients.find(({ clientId }) => clientId === claimed);
		return `${scheme} ${client?.clientId ?? 'unknown'}`;
	}
	return `${scheme} ${identify(header, access, tokens).label}`;
}

function identify(header: string, access: Access, tokens: Tokens): Caller {
	const [, scheme = '', key = ''] = /^(\S+) +(.*)$/.exec(header) ?? [];
	const stranger = { known: false, allowed: false, label: 'unknown' };

	if (scheme.toLowerCase() === 'appkey') {
		const index = access.appKeys.findIndex((appKey) => appKey.key === key);
		const appKey = access.appKeys[index];
		if (!appKey) return stranger;
		const allowed = appKey.auditLogPermission && appKey.platformOnly !== true;
		return { known: true, allowed, label: `appKey#${index + 1}` };
	}

	const token = tokens.find(key);
	if (token) {
		const client = access.oauthClients.find(({ clientId }) => clientId === token.clientId);
		return {
			known: client !== undefined && tokens.isAlive(token),
			allowed: client?.auditLogPermission === true && token.scopes.includes(access.auditScope),
			label: token.label,
		};
	}

	const index = access.apiKeys.findIndex((apiKey) => apiKey.key === key);
	const apiKey = access.apiKeys[index];
	if (!apiKey) return stranger;
	return { known: true, allowed: apiKey.auditLogPermission, label: `apiKey#${index + 1}` };
}
