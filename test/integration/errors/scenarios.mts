import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { findFreePort } from '../../../scripts/n8n/ports.mts';
import type { ApiName } from '../../../nodes/Celonis/errors/apis';
import type { ErrorCode } from '../../../nodes/Celonis/errors/catalog';
import { defaultPoolId } from '../../celonis/access.mts';
import type { JobOutcome } from '../../celonis/dataPush/dataPools.mts';
import * as faults from '../../celonis/faults/index.mts';
import type { InjectedFault } from '../../celonis/faults/faultInjector.mts';
import { permissionsPath } from '../../celonis/permissions.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import { addEvent, grantFullAccess, type Team } from '../n8n/team.mts';

/** A way to cause an error of the catalogue in real n8n. */
export interface Scenario {
	/**
	 * Prepares the team, or the network; `stop` cancels the execution. Returns what undoes it, if that
	 * is necessary.
	 */
	arrange(team: Team, stop: AbortController): void | Promise<void | (() => void)>;
	/** The API in whose terms the error is shown; the audit log's by default. */
	readonly api?: ApiName;
	/** Options of the node. */
	readonly options?: Readonly<Record<string, unknown>>;
	/** Other parameters of the node; it lists audit events by default. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	/** The only node that can have the error; both by default. */
	readonly node?: 'node' | 'trigger';
	/** The only authentication that can have the error; both by default. */
	readonly authentication?: 'oAuth2';
	/** The time limit of a poll. */
	readonly budgetMs?: number;
	/** The saved cursor of the trigger. */
	readonly savedCursor?: unknown;
	/** The node also repeats requests for other reasons than retries: they are not counted. */
	readonly rereads?: boolean;
	/** What Celonis says, and n8n must show. */
	readonly expectedDetail?: string;
}

const TEXT = { 'content-type': 'text/plain' };
const JSON_TYPE = { 'content-type': 'application/json' };
const LOG = { when: ({ path }: { path: string }) => path.startsWith('/log') };
const TOKEN = { when: { path: '/oauth2/token' } };

const injectInLog = (fault: InjectedFault): Pick<Scenario, 'arrange'> => ({
	arrange: ({ celonis }) => celonis.faults.always(LOG, fault),
});

const injectInTokenRequest = (
	fault: InjectedFault,
): Pick<Scenario, 'arrange' | 'authentication'> => ({
	authentication: 'oAuth2',
	arrange: ({ celonis }) => celonis.faults.always(TOKEN, fault),
});

/** Cancels the execution as soon as a matching request arrives. */
function cancelAt(
	{ celonis }: Team,
	matches: (request: RecordedRequest) => boolean,
	stop: AbortController,
): void {
	celonis.faults.decide = (request) => {
		if (matches(request)) stop.abort();
		return matches(request) ? faults.hang() : undefined;
	};
}

/** A data push job with this outcome. */
const pushJob = (outcome: JobOutcome): Omit<Scenario, 'options'> => ({
	arrange: (team) => {
		grantFullAccess(team);
		team.celonis.dataPools.behaviour.pollTimeMs = 1000;
		team.celonis.dataPools.setNextOutcome(outcome);
	},
	parameters: {
		resource: 'dataPool',
		operation: 'push',
		dataPoolId: defaultPoolId,
		tableName: 'EVENTS',
		keys: '',
		columns: 'given',
		givenColumns: { column: [{ name: 'id', type: 'STRING' }] },
	},
	node: 'node',
	rereads: true,
});

const useTeamUrl = (url: string | ((team: Team) => string)): Pick<Scenario, 'arrange'> => ({
	arrange: (team) => setTeamUrl(team, typeof url === 'string' ? url : url(team)),
});

/** At least one scenario for each error: otherwise this does not compile. */
export const scenarios: Readonly<Record<ErrorCode, Scenario | readonly Scenario[]>> = {
	invalidTeamUrl: useTeamUrl('http://celonis.example.com'),
	credentialNeedsItem: { ...useTeamUrl('={{ $json.team }}'), node: 'trigger' },

	unknownHost: useTeamUrl('https://your-team.eu-1.celonis.invalid'),
	unreachable: {
		arrange: async (team) => {
			setTeamUrl(team, `http://127.0.0.1:${await findFreePort()}`);
		},
	},
	connectionLost: [
		injectInLog(faults.resetBeforeResponse()),
		injectInLog(faults.resetInBody()),
		injectInLog(faults.truncatedBody()),
	],
	tlsError: useTeamUrl(({ celonis }) => celonis.url.replace('http:', 'https:')),
	proxyAuthenticationRequired: {
		arrange: async (team) => {
			const proxy = createHttpServer().on('connect', (_request, socket) => {
				socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
			});
			const { port, close } = await listen(proxy);
			setTeamUrl(team, 'https://your-team.eu-1.celonis.cloud');
			process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
			return () => {
				delete process.env.HTTPS_PROXY;
				void close();
			};
		},
	},
	unencryptedProxy: {
		arrange: async () => {
			const { port, close } = await listen(createHttpServer((_, response) => response.end()));
			process.env.HTTP_PROXY = `http://127.0.0.1:${port}`;
			return () => {
				delete process.env.HTTP_PROXY;
				void close();
			};
		},
	},
	proxyRefused: [
		injectInLog(faults.nginxPage(400, 'Bad Request')),
		injectInLog(faults.nginxPage(401, 'Authorization Required')),
		injectInLog(faults.nginxPage(403, 'Forbidden')),
		injectInLog(faults.nginxPage(495, 'SSL Certificate Error')),
		injectInLog(
			faults.intermediaryResponse(451, '<h1>Blocked &amp; logged by Acme&#39;s firewall</h1>'),
		),
		injectInLog(faults.intermediaryResponse(403, 'RBAC: access denied', TEXT)),
		injectInLog(
			faults.intermediaryResponse(400, 'Bad', { ...TEXT, 'x-squid-error': 'ERR_INVALID_REQ 0' }),
		),
		injectInLog(faults.intermediaryResponse(403, '<html><p>No title</p></html>')),
		injectInTokenRequest(faults.nginxPage(400, 'Bad Request')),
		injectInTokenRequest(faults.nginxPage(401, 'Authorization Required')),
		injectInTokenRequest(faults.nginxPage(403, 'Forbidden')),
		injectInTokenRequest(faults.intermediaryResponse(403, 'Blocked', TEXT)),
		injectInTokenRequest(faults.nginxPage(495, 'SSL Certificate Error')),
	],
	proxyUnavailable: [
		injectInLog(faults.nginxPage(500, 'Internal Server Error')),
		injectInLog(faults.nginxPage(502, 'Bad Gateway')),
		injectInLog(faults.nginxPage(503, 'Service Temporarily Unavailable')),
		injectInLog(faults.nginxPage(504, 'Gateway Time-out')),
		injectInLog(faults.nginxPage(408, 'Request Time-out')),
		injectInLog(
			faults.intermediaryResponse(
				522,
				'<title>acme.celonis.cloud | 522: Connection timed out</title>',
			),
		),
		injectInTokenRequest(faults.nginxPage(502, 'Bad Gateway')),
	],
	networkError: {
		arrange: async (team) => {
			const { port, close } = await listen(
				createServer((socket) => {
					socket.on('error', () => {}).resume();
					socket.end('SSH-2.0-OpenSSH_9.9\r\n');
				}),
			);
			setTeamUrl(team, `http://127.0.0.1:${port}`);
			return () => void close();
		},
	},
	timeout: [
		{ ...injectInLog(faults.hang()), options: { timeout: 0.05 } },
		{ ...injectInLog(faults.trickle()), options: { timeout: 0.1 } },
		{ ...injectInTokenRequest(faults.hang()), options: { timeout: 0.1 } },
		// The trigger's time runs out before the server has answered at all.
		{ ...injectInLog(faults.hang()), node: 'trigger', budgetMs: 100, rereads: true },
	],

	invalidClient: [
		injectInTokenRequest(faults.tokenFailure('invalid_client', 401)),
		{
			authentication: 'oAuth2',
			arrange: (team) => changeCredentials(team, { clientSecret: 'not-a-secret-wrong' }),
		},
	],
	invalidScope: {
		authentication: 'oAuth2',
		arrange: (team) => changeCredentials(team, { scope: 'audit.log:write' }),
	},
	unauthorizedClient: injectInTokenRequest(faults.tokenFailure('unauthorized_client')),
	tokenError: [
		{
			...injectInTokenRequest(faults.tokenFailure('invalid_grant', 400, 'Not granted')),
			expectedDetail: 'Not granted',
		},
		injectInTokenRequest(faults.respondWith(403, { body: { title: 'Access Denied.' } })),
		injectInTokenRequest(faults.respondWith(401)),
	],
	tokenRefusedWithoutReason: injectInTokenRequest(faults.respondWith(403)),
	tokenEndpointNotFound: [
		injectInTokenRequest(faults.respondWith(404)),
		injectInTokenRequest(faults.respondWith(405)),
	],
	tokenEndpointUnavailable: [
		{
			...injectInTokenRequest(faults.respondWith(200, { body: { status: 'maintenance' } })),
			rereads: true,
		},
		injectInTokenRequest(faults.htmlPage()),
		injectInTokenRequest(faults.emptyOk()),
		{
			...injectInTokenRequest(faults.tokenFailure('server_error', 400, 'Try later')),
			expectedDetail: 'Try later',
		},
	],

	unauthorized: [
		{
			...injectInLog(faults.respondWith(401, { body: { error: 'Unauthorized' } })),
			expectedDetail: 'Unauthorized',
		},
		{
			...injectInLog(faults.respondWith(401, { body: 'Invalid header format.' })),
			expectedDetail: 'Invalid header',
		},
	],
	forbidden: {
		...injectInLog(
			faults.respondWith(403, {
				body: {
					title: 'Access Denied.',
					status: 403,
					detail: 'Access is denied',
					errorCode: 'ADMIN_ACCESS_ERROR',
				},
			}),
		),
		expectedDetail: 'Access is denied',
	},
	forbiddenWithoutReason: injectInLog(faults.respondWith(403)),
	scopeNotRequested: {
		authentication: 'oAuth2',
		arrange: ({ celonis, n8n }) => {
			celonis.access.oauthClients[0]!.scopes.push('team.login-history:read');
			const saved = n8n.credentials.saved.get('oauth');
			n8n.credentials.saved.set('oauth', { ...saved, scope: 'team.login-history:read' });
		},
	},
	badRequest: [
		{
			...injectInLog(faults.respondWith(400, { body: { errorInformation: 'Odd value' } })),
			expectedDetail: 'Odd value',
			rereads: true,
		},
		{
			...injectInLog(
				faults.respondWith(400, { body: { errors: [{ attribute: 'from', error: 'Bad' }] } }),
			),
			expectedDetail: 'Bad',
			rereads: true,
		},
	],
	notFound: [
		injectInLog(faults.respondWith(404)),
		{ ...injectInLog(faults.nginxPage(404, 'Not Found')), expectedDetail: '"404 Not Found"' },
		{
			arrange: ({ celonis }) => void (celonis.behaviour.v2Available = false),
			options: { apiVersion: 'v2' },
		},
	],
	rateLimited: [
		{ ...injectInLog(faults.rateLimited()), expectedDetail: 'Please try again' },
		injectInTokenRequest(faults.respondWith(429)),
		{ ...injectInLog(faults.nginxPage(429, 'Slow down')), expectedDetail: '"429 Slow down"' },
	],
	redirect: [
		injectInLog(faults.redirectTo('https://login.example.com/')),
		injectInLog(faults.redirectTo('/elsewhere', 307)),
	],
	requestTooLarge: [
		injectInLog(faults.nginxPage(413, 'Request Entity Too Large')),
		injectInLog(faults.respondWith(413)),
	],
	unexpectedStatus: injectInLog(faults.respondWith(418)),
	serverError: [
		{ ...injectInLog(faults.serverError(500, 'ref-1')), expectedDetail: 'ref-1' },
		{
			...injectInLog(
				faults.respondWith(500, {
					body: { detail: 'Celonis Support ID: 00000000-0000-4000-8000-000000000001' },
				}),
			),
			expectedDetail: 'Support ID: 00000000-0000-4000-8000-000000000001',
		},
		{
			...injectInLog(
				faults.respondWith(501, { body: { timestamp: 1, status: 501, error: 'Nope', path: '/' } }),
			),
			expectedDetail: 'Nope',
		},
		injectInLog(faults.statusInBody(500)),
	],
	unavailable: [
		injectInLog(faults.serverError(502)),
		injectInLog(faults.serverError(503)),
		injectInLog(faults.serverError(504)),
		injectInLog(faults.statusInBody('503')),
		injectInTokenRequest(faults.respondWith(503)),
	],

	htmlResponse: { ...injectInLog(faults.htmlPage()), expectedDetail: '"Login"' },
	emptyResponse: injectInLog(faults.emptyOk()),
	plainTextResponse: injectInLog(faults.respondWith(200, { body: 'It works!' })),
	unexpectedJson: [
		injectInLog(faults.unrelatedJson()),
		injectInLog(faults.contentMissing()),
		injectInLog(faults.contentNotAList()),
		injectInLog(faults.respondWith(200, { body: ['not', 'a', 'page'] })),
		injectInLog(faults.respondWith(200, { headers: JSON_TYPE, body: '"hello"' })),
		injectInLog(faults.maintenanceJson()),
		injectInLog(faults.linksWithoutContent()),
	],
	errorInBody: [
		{ ...injectInLog(faults.errorsInBody('No shard')), expectedDetail: 'No shard' },
		{
			...injectInLog(faults.partialPage({ error: { message: 'Shard 2 timed out' } })),
			expectedDetail: 'Shard 2 timed out',
		},
		{
			...injectInLog(
				faults.pageWith({ reference: 'ref-2', message: 'Sorry', shortMessage: 'Sorry' }),
			),
			expectedDetail: 'ref-2',
		},
	],

	truncatedResponse: injectInLog(faults.truncatedJson()),
	responseTooLarge: { ...injectInLog(faults.flood()), rereads: true },
	incompleteList: {
		arrange: (team) => {
			grantFullAccess(team);
			const body = { permissions: [], totalCount: 3 };
			team.celonis.faults.always(
				{ when: { path: permissionsPath } },
				faults.respondWith(200, { body }),
			);
		},
		api: 'permissions',
		parameters: { resource: 'permission' },
		node: 'node',
		rereads: true,
	},
	invalidPageToken: [
		{
			...injectInLog(faults.unusablePageToken()),
			options: { apiVersion: 'v2' },
			rereads: true,
		},
		{ ...injectInLog(faults.tokenMissing()), options: { apiVersion: 'v2' }, rereads: true },
	],
	repeatedPageToken: {
		arrange: (team) => {
			const moment = team.celonis.clock.now() - 5000;
			for (let i = 0; i < 600; i++) addEvent(team, moment, `same ${i}`);
			team.celonis.faults.always(LOG, faults.repeatToken());
		},
		options: { apiVersion: 'v2' },
		rereads: true,
	},
	endlessPaging: {
		...injectInLog(faults.endlessEmptyPages()),
		options: { apiVersion: 'v2' },
		rereads: true,
	},
	pageShift: {
		...injectInLog(faults.shiftingPages()),
		options: { apiVersion: 'v1' },
		rereads: true,
	},

	jobFailed: {
		...pushJob({ status: 'ERROR', logs: ['Out of space.'] }),
		expectedDetail: 'Out of space.',
	},
	jobCanceled: pushJob({ status: 'CANCELED' }),
	jobUnfinished: [
		{ ...pushJob({ status: 'RUNNING' }), options: { jobTimeout: 0.1 } },
		{
			...pushJob({ status: 'RUNNING' }),
			arrange: (team, stop) => {
				grantFullAccess(team);
				cancelAt(team, ({ method, path }) => method === 'GET' && path.includes('/jobs/'), stop);
			},
		},
	],

	unreadableCursor: {
		arrange: () => undefined,
		savedCursor: 'not a cursor',
		node: 'trigger',
	},
	newerCursor: {
		arrange: () => undefined,
		savedCursor: { v: 3 },
		node: 'trigger',
	},
	pollDeadlineExceeded: {
		arrange: (team) => {
			for (let i = 0; i < 300; i++) addEvent(team, team.celonis.clock.now() - 5000 - i, `old ${i}`);
			// The first page of a poll has no end.
			team.celonis.faults.decide = ({ query }) => (query.to ? faults.hang() : undefined);
		},
		node: 'trigger',
		budgetMs: 500,
		rereads: true,
	},
	cancelled: {
		arrange: (team, stop) => cancelAt(team, LOG.when, stop),
		node: 'node',
		rereads: true,
	},
};

/** Changes both credentials. */
function changeCredentials({ n8n }: Team, changes: Record<string, string>): void {
	for (const id of ['oauth', 'key']) {
		n8n.credentials.saved.set(id, { ...n8n.credentials.saved.get(id), ...changes });
	}
}

function setTeamUrl(team: Team, url: string): void {
	changeCredentials(team, { teamUrl: url });
}

async function listen(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	return {
		port,
		close: async () => {
			server.close();
			await once(server, 'close');
		},
	};
}
