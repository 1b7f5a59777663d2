import { findRowProblems, loadRule, transform } from '../../../schemas/sentinel.mts';
import type { Json } from '../executions.mts';
import { startReceiver, type Delivery, type Receiver, type Reply } from './receiver.mts';

/** What a client must know to send rows. */
export const sentinelAccess = {
	tenantId: '00000000-7e57-4000-8000-000000000001',
	clientId: '00000000-7e57-4000-8000-000000000002',
	clientSecret: 'e2e~entra~secret',
	ruleId: 'dcr-00000000000000000000000000000000',
	stream: 'Custom-CelonisAudit',
	scope: 'https://monitor.azure.com/.default',
};

export interface Sentinel extends Receiver {
	/** The rows of the table, in order. The table keeps duplicates. */
	readonly rows: Json[];
	/** Rejects the next call because of too many requests. All tokens expire until the one after it. */
	beBusyOnce(): void;
}

/** The limit of the Logs Ingestion API for one call. */
const MAX_BYTES = 1024 * 1024;

/**
 * Microsoft Entra ID's token endpoint and Azure Monitor's Logs Ingestion API, with the project's data
 * collection rule. Refuses what they refuse, and rows of which they would lose a part.
 */
export async function startSentinel(): Promise<Sentinel> {
	const { properties } = loadRule();
	const rows: Json[] = [];
	const tokens = new Set<string>();
	let tokenCount = 0;
	let isBusy = false;

	const accept = (delivery: Delivery): Reply => {
		const url = new URL(delivery.path, 'http://localhost');
		if (url.pathname === `/${sentinelAccess.tenantId}/oauth2/v2.0/token`) {
			const rejection = checkTokenRequest(delivery);
			if (rejection) return rejection;
			const access_token = `entra-token-${++tokenCount}`;
			tokens.add(access_token);
			return { status: 200, body: { token_type: 'Bearer', expires_in: 3599, access_token } };
		}
		return ingest(delivery, url);
	};

	const ingest = ({ method, headers, body }: Delivery, url: URL): Reply => {
		const { ruleId, stream } = sentinelAccess;
		const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
		if (!tokens.has(token)) return createError(401, 'InvalidToken', 'The token is not valid');
		const [, rule, streamName] =
			/^\/dataCollectionRules\/([^/]+)\/streams\/([^/]+)$/.exec(url.pathname) ?? [];
		if (method !== 'POST' || rule !== ruleId) {
			return createError(
				404,
				'NotFound',
				`Data collection rule with immutable Id '${rule}' not found.`,
			);
		}
		if (url.searchParams.get('api-version') !== '2023-01-01') {
			return createError(400, 'InvalidApiVersion', 'The api-version is not valid');
		}
		if (streamName !== stream) {
			const text = `Stream: '${streamName}' was not found in the data collection rule`;
			return createError(400, 'InvalidStream', text);
		}
		if (isBusy) {
			isBusy = false;
			tokens.clear();
			return createError(429, 'TooManyRequests', 'Requests are limited');
		}
		if (Buffer.byteLength(body) > MAX_BYTES) {
			return createError(
				413,
				'ContentLengthLimitExceeded',
				'Maximum allowed content length: 1048576',
			);
		}
		if (!headers['content-type']?.startsWith('application/json')) {
			return createError(415, 'UnsupportedMediaType', 'JSON is expected');
		}
		return store(parseRows(body));
	};

	const store = (sent: unknown[] | undefined): Reply => {
		if (sent === undefined) return createError(400, 'InvalidPayload', 'An array is expected');
		const { columns } = properties.streamDeclarations[sentinelAccess.stream]!;
		const problems = sent.flatMap((row) => findRowProblems(row, columns));
		if (problems.length > 0) return createError(400, 'WouldLose', problems.join('; '));
		const [flow] = properties.dataFlows;
		rows.push(...sent.map((row) => ({ ...transform(row as Json, flow!.transformKql) })));
		return { status: 204, body: '' };
	};

	const receiver = await startReceiver(accept);
	return { ...receiver, rows, beBusyOnce: () => void (isBusy = true) };
}

function checkTokenRequest({ method, headers, body }: Delivery): Reply | undefined {
	const { clientId, clientSecret, scope } = sentinelAccess;
	const form = new URLSearchParams(body);
	const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
	if (method !== 'POST' || !isForm) return createError(400, 'invalid_request', 'AADSTS900144');
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	const inBody = form.get('client_id') === clientId && form.get('client_secret') === clientSecret;
	if (!inBody && headers.authorization !== `Basic ${basic}`) {
		return createError(401, 'invalid_client', 'AADSTS7000215: Invalid client secret provided.');
	}
	if (form.get('grant_type') !== 'client_credentials') {
		return createError(400, 'unsupported_grant_type', 'AADSTS70003');
	}
	// Entra ID gives a token for the resource in the scope; of another one, Azure Monitor refuses it.
	if (form.get('scope') !== scope) return createError(400, 'invalid_scope', 'AADSTS70011');
	return undefined;
}

function parseRows(body: string): unknown[] | undefined {
	try {
		const rows: unknown = JSON.parse(body);
		return Array.isArray(rows) ? rows : undefined;
	} catch {
		return undefined;
	}
}

function createError(status: number, code: string, message: string): Reply {
	return { status, body: { error: { code, message } } };
}
