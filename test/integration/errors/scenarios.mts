import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { ErrorCode } from '../../../nodes/Celonis/errors/catalog';
import { defaultPoolId } from '../../celonis/access.mts';
import type { Fate } from '../../celonis/dataPush/dataPools.mts';
import * as faults from '../../celonis/faultKinds.mts';
import type { Fault } from '../../celonis/faults.mts';
import { addEvent, widen, type Team } from '../n8n/team.mts';

/** How to make one row of the table of faults happen, for real. */
export interface Scenario {
	/** Brings the team, or the way to it, into the state; what it gives back is to be undone. */
	arrange(team: Team): void | Promise<void | (() => void)>;
	/** Options of the node that it takes. */
	readonly options?: Readonly<Record<string, unknown>>;
	/** Other parameters of the node that it takes: another operation than the usual. */
	readonly parameters?: Readonly<Record<string, unknown>>;
	/** Where it can happen at all; everywhere if left out. */
	readonly in?: 'node' | 'trigger';
	readonly with?: 'oAuth2';
	/** The execution is stopped after this time. */
	readonly cancelAfterMs?: number;
	/** How long n8n lets a poll take. */
	readonly budgetMs?: number;
	/** Readings are begun anew for reasons of their own: requests don't tell of retries. */
	readonly readsAgain?: boolean;
	/** What Celonis says, and n8n has to show. */
	readonly says?: string;
}

const LOG = { when: ({ path }: { path: string }) => path.startsWith('/log') };
const TOKEN = { when: { path: '/oauth2/token' } };

const log = (fault: Fault): Pick<Scenario, 'arrange'> => ({
	arrange: ({ celonis }) => celonis.faults.always(LOG, fault),
});

const token = (fault: Fault): Pick<Scenario, 'arrange' | 'with'> => ({
	with: 'oAuth2',
	arrange: ({ celonis }) => celonis.faults.always(TOKEN, fault),
});

/** A data push job, and what becomes of it. */
const pushing = (fate: Fate): Omit<Scenario, 'options'> => ({
	arrange: (team) => {
		widen(team);
		team.celonis.dataPools.behaviour.pollTimeMs = 1000;
		team.celonis.dataPools.nextJob(fate);
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
	in: 'node',
	readsAgain: true,
});

const teamUrl = (url: string | ((team: Team) => string)): Pick<Scenario, 'arrange'> => ({
	arrange: (team) => leadTo(team, typeof url === 'string' ? url : url(team)),
});

/** One for each row: the compiler sees to that. */
export const scenarios: Readonly<Record<ErrorCode, Scenario | readonly Scenario[]>> = {
	teamUrl: teamUrl('http://celonis.example.com'),

	unknownHost: teamUrl('https://your-team.eu-1.celonis.invalid'),
	unreachable: {
		arrange: async (team) => {
			const { port, close } = await listening(createServer());
			await close();
			leadTo(team, `http://127.0.0.1:${port}`);
		},
	},
	connectionLost: [
		log(faults.resetBeforeAnswer()),
		log(faults.resetInBody()),
		log(faults.truncatedBody()),
	],
	notSecure: teamUrl(({ celonis }) => celonis.url.replace('http:', 'https:')),
	proxyRefused: {
		arrange: async (team) => {
			const proxy = createHttpServer().on('connect', (_request, socket) => {
				socket.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
			});
			const { port, close } = await listening(proxy);
			leadTo(team, 'https://your-team.eu-1.celonis.cloud');
			process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
			return () => {
				delete process.env.HTTPS_PROXY;
				void close();
			};
		},
	},
	network: {
		arrange: async (team) => {
			const { port, close } = await listening(
				createServer((socket) => {
					socket.on('error', () => {}).resume();
					socket.end('SSH-2.0-OpenSSH_9.9\r\n');
				}),
			);
			leadTo(team, `http://127.0.0.1:${port}`);
			return () => void close();
		},
	},
	timeout: [
		{ ...log(faults.hang()), options: { timeout: 0.1 } },
		{ ...log(faults.trickle()), options: { timeout: 0.2 } },
		{ ...token(faults.hang()), options: { timeout: 0.1 } },
	],

	wrongClient: [
		token(faults.tokenFailure('invalid_client', 401)),
		{
			with: 'oAuth2',
			arrange: (team) => change(team, { clientSecret: 'not-a-secret-wrong' }),
		},
	],
	wrongScope: {
		with: 'oAuth2',
		arrange: (team) => change(team, { scope: 'audit.log:write' }),
	},
	wrongGrant: token(faults.tokenFailure('unauthorized_client')),
	noToken: [
		{ ...token(faults.tokenFailure('server_error', 400, 'Try later')), says: 'Try later' },
		token(faults.answerWith(403)),
	],
	noTokenEndpoint: [
		token(faults.htmlPage()),
		token(faults.answerWith(404)),
		token(faults.emptyOk()),
	],

	unauthorized: [
		{ ...log(faults.answerWith(401, { body: { error: 'Unauthorized' } })), says: 'Unauthorized' },
		{ ...log(faults.answerWith(401, { body: 'Invalid header format.' })), says: 'Invalid header' },
	],
	forbidden: {
		...log(
			faults.answerWith(403, {
				body: {
					title: 'Access Denied.',
					status: 403,
					detail: 'Access is denied',
					errorCode: 'ADMIN_ACCESS_ERROR',
				},
			}),
		),
		says: 'Access is denied',
	},
	forbiddenSilently: log(faults.answerWith(403)),
	scopeNotAsked: {
		with: 'oAuth2',
		arrange: ({ celonis, n8n }) => {
			celonis.access.oauthClients[0]!.scopes.push('team.login-history:read');
			const saved = n8n.credentials.saved.get('oauth');
			n8n.credentials.saved.set('oauth', { ...saved, scope: 'team.login-history:read' });
		},
	},
	badRequest: [
		{
			...log(faults.answerWith(400, { body: { errorInformation: 'Odd value' } })),
			says: 'Odd value',
		},
		{
			...log(faults.answerWith(400, { body: { errors: [{ attribute: 'from', error: 'Bad' }] } })),
			says: 'Bad',
		},
	],
	notFound: [
		log(faults.answerWith(404)),
		{
			arrange: ({ celonis }) => void (celonis.behaviour.v2Available = false),
			options: { apiVersion: 'v2' },
		},
	],
	rateLimited: [
		{ ...log(faults.rateLimited()), says: 'Please try again' },
		token(faults.answerWith(429)),
	],
	redirected: [
		log(faults.redirectTo('https://login.example.com/')),
		log(faults.redirectTo('/elsewhere', 307)),
	],
	unexpectedStatus: log(faults.answerWith(418)),
	serverFault: [
		{ ...log(faults.serverError(500, 'ref-1')), says: 'ref-1' },
		{
			...log(
				faults.answerWith(500, {
					body: { detail: 'Celonis Support ID: 00000000-0000-4000-8000-000000000001' },
				}),
			),
			says: 'Support ID: 00000000-0000-4000-8000-000000000001',
		},
		{
			...log(
				faults.answerWith(501, { body: { timestamp: 1, status: 501, error: 'Nope', path: '/' } }),
			),
			says: 'Nope',
		},
	],
	unavailable: [
		log(faults.serverError(502)),
		log(faults.serverError(503)),
		log(faults.serverError(504)),
		token(faults.answerWith(503)),
	],

	webPage: log(faults.htmlPage()),
	emptyAnswer: log(faults.emptyOk()),
	plainText: log(faults.answerWith(200, { body: 'It works!' })),
	otherJson: [
		log(faults.otherProduct()),
		log(faults.contentMissing()),
		log(faults.contentNotAList()),
		log(faults.answerWith(200, { body: ['not', 'a', 'page'] })),
	],

	cutOff: log(faults.cutJson()),
	tooLarge: log(faults.flood()),
	notAnObject: log(faults.recordNotAnObject()),
	noTimestamp: log(faults.timestampNoDate()),
	repeatedToken: {
		arrange: (team) => {
			const moment = team.celonis.clock.now() - 5000;
			for (let i = 0; i < 600; i++) addEvent(team, moment, `same ${i}`);
			team.celonis.faults.always(LOG, faults.repeatToken());
		},
		options: { apiVersion: 'v2' },
		readsAgain: true,
	},
	endless: {
		...log(faults.emptyPagesForEver()),
		options: { apiVersion: 'v2' },
		readsAgain: true,
	},
	shifted: {
		...log(faults.growingCount()),
		options: { apiVersion: 'v1' },
		readsAgain: true,
	},
	noServerTime: log(faults.withoutDate()),

	jobFailed: {
		...pushing({ status: 'ERROR', logs: ['Out of space.'] }),
		says: 'Out of space.',
	},
	jobCanceled: pushing({ status: 'CANCELED' }),
	jobUnfinished: [
		{ ...pushing({ status: 'RUNNING' }), options: { jobTimeout: 0.1 } },
		{ ...pushing({ status: 'RUNNING' }), cancelAfterMs: 400 },
	],

	outOfTime: { ...log(faults.hang()), in: 'trigger', budgetMs: 250, readsAgain: true },
	cancelled: { ...log(faults.hang()), in: 'node', cancelAfterMs: 200, readsAgain: true },
};

/** Both credentials. */
function change({ n8n }: Team, changes: Record<string, string>): void {
	for (const id of ['oauth', 'key']) {
		n8n.credentials.saved.set(id, { ...n8n.credentials.saved.get(id), ...changes });
	}
}

function leadTo(team: Team, url: string): void {
	change(team, { teamUrl: url });
}

async function listening(server: Server): Promise<{ port: number; close: () => Promise<void> }> {
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
