import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { defaultPoolId } from '../../celonis/access.mts';
import { skipPauses } from '../../support/pauses.mts';
import { loadWorkflow, N8nHarness } from '../n8n/n8nHarness.mts';
import { getOutcome } from '../n8n/team.mts';

skipPauses();

const SECRET = 'not+a/secret="1&2<3%45~67890*äö';
const TOKEN = 'not-a-token.1234567890/abc+def=';
const SECRETS = [SECRET, TOKEN];

/** How a server may write what it received. */
const ENCODINGS: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'for URLs': encodeURIComponent,
	'for forms': (text) => new URLSearchParams({ request: text }).toString(),
	'as JSON': (text) => JSON.stringify(text),
	'as HTML': (text) =>
		text
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/"/g, '&quot;')
			.replace(/'/g, '&#39;'),
	'in Base64': (text) => Buffer.from(text).toString('base64'),
	'in Base64 for URLs': (text) => Buffer.from(text).toString('base64url'),
};

/** How far the echo is from the beginning: texts are shortened at some of these lengths. */
const PADDINGS = [0, 70, 285, 9_990];

/** How a server refuses a request: the texts that it sends back are `said`. */
const REFUSALS: Readonly<Record<string, (said: string) => Answer>> = {
	'an error of Celonis': (said) => json(500, { reference: 'r-1', message: said }),
	'an error of OAuth': (said) => json(400, { error: 'invalid_request', error_description: said }),
	'a plain text': (said) => ({ status: 401, type: 'text/plain', body: said }),
	'a list of errors': (said) => json(400, { errors: [{ attribute: 'x', error: said }] }),
	'the title of a page': (said) => html(403, `<title>${said}</title>`),
	'the heading of a page': (said) => html(502, `<h1>${said}</h1>`),
	'a page with status 200': (said) => html(200, `<title>${said}</title>`),
	'an error in a 200': (said) => json(200, { error: said }),
};

interface Answer {
	readonly status: number;
	readonly type: string;
	readonly body: string;
}

const json = (status: number, body: object): Answer => ({
	status,
	type: 'application/json',
	body: JSON.stringify(body),
});
const html = (status: number, body: string): Answer => ({ status, type: 'text/html', body });

const opened: Server[] = [];

afterEach(async () => {
	await Promise.all(
		opened.splice(0).map(async (server) => {
			server.close();
			await once(server, 'close');
		}),
	);
});

/** Everything that a request tells: its address, its headers and its body. */
type Received = string;

/** A team that decides by what it received. Returns an n8n with credentials for it. */
async function openEchoingTeam(
	respond: (request: IncomingMessage, received: Received) => Answer,
): Promise<N8nHarness> {
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const { method, url, headers } = request;
		const [, basic = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
		const received = [
			`${headers.authorization} ${method} ${url}`,
			Buffer.from(basic, 'base64').toString(),
			await readText(request),
		].join(' ');
		const { status, type, body } = respond(request, received);
		response.writeHead(status, { 'content-type': type, connection: 'close' });
		response.end(body);
	};
	const server = createServer((request, response) => void handle(request, response));
	opened.push(server);
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const teamUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const n8n = new N8nHarness();
	n8n.credentials.saved.set('key', { teamUrl, keyType: 'appKey', authKey: SECRET });
	const oauth = { teamUrl, clientId: 'client', clientSecret: SECRET };
	n8n.credentials.saved.set('oauth', oauth);
	return n8n;
}

const isTokenRequest = ({ url }: IncomingMessage) => url === '/oauth2/token';
const issueToken = () => json(200, { access_token: TOKEN, token_type: 'Bearer' });

/** Fails if a text has a secret, or most of one, in a form that anybody can read. */
function expectNoSecret(shown: unknown): void {
	const text = inspect(shown, { depth: 20, showHidden: true, maxStringLength: Infinity });
	for (const secret of SECRETS) {
		const [start = '', end = ''] = [secret.slice(0, 12), secret.slice(-12)];
		const inBase64 = [0, 1, 2].map((offset) =>
			Buffer.concat([Buffer.alloc(offset), Buffer.from(secret)])
				.toString('base64')
				.slice(4, 24),
		);
		const forms = [
			...[start, end].flatMap((part) => [part, encodeURIComponent(part)]),
			...inBase64,
			...inBase64.map((part) => part.replace(/\+/g, '-').replace(/\//g, '_')),
		];
		for (const form of forms) expect(text).not.toContain(form);
	}
}

describe.each(Object.entries(REFUSALS))('%s that sends the request back', (_, refuse) => {
	it.each(Object.entries(ENCODINGS))('%s, shows no secret', async (_name, encode) => {
		for (const [index, padding] of PADDINGS.entries()) {
			const say = (received: Received) => refuse(`${'. '.repeat(padding / 2)}${encode(received)}`);
			const asApi = await openEchoingTeam((request, received) =>
				isTokenRequest(request) ? issueToken() : say(received),
			);
			const asTokenEndpoint = await openEchoingTeam((_request, received) => say(received));
			const runs = [
				[asApi, 'key', 'body'],
				[asApi, 'oAuth2', 'body'],
				[asTokenEndpoint, 'oAuth2', 'body'],
				[asTokenEndpoint, 'oAuth2', 'header'],
			] as const;
			for (const [n8n, authentication, method] of padding === 0 ? runs : [runs[index]!]) {
				const saved = n8n.credentials.saved.get('oauth');
				n8n.credentials.saved.set('oauth', { ...saved, authentication: method });
				const { items, error } = getOutcome(
					await n8n.run(loadWorkflow('list', { authentication })),
				);
				expect(items).toEqual([]);
				expect(error).toMatchObject({ name: 'NodeApiError' });
				expectNoSecret(error);
				const isShown = authentication === 'key' && padding === 0;
				if (isShown) expect(`${error?.message} ${error?.description}`).toContain('***');
			}
		}
	});
});

describe('a data push job', () => {
	const PUSH = {
		authentication: 'key',
		resource: 'dataPool',
		operation: 'push',
		dataPoolId: defaultPoolId,
		tableName: 'T',
		keys: '',
	};

	/** Answers every request about jobs with a job. */
	const push = async (createJob: (received: Received) => IDataObject) => {
		const n8n = await openEchoingTeam((_request, received) => json(200, createJob(received)));
		return getOutcome(await n8n.run(loadWorkflow('list', PUSH), [{ id: 1 }]));
	};

	it.each(Object.entries(ENCODINGS))('shows no secret in its log %s', async (_, encode) => {
		for (const padding of PADDINGS) {
			const { error } = await push((received) => ({
				id: 'job-1',
				status: 'ERROR',
				logs: [`${'. '.repeat(padding / 2)}${encode(received)}`],
			}));
			expect(error?.message).toBe('The data push job failed (job job-1)');
			expectNoSecret(error);
		}
	});

	it.each(Object.entries(ENCODINGS))('shows no secret in its state %s', async (_, encode) => {
		const { error } = await push((received) => ({ id: 'job-1', status: encode(received) }));
		expectNoSecret(error);
	});

	it.each(['..', '.', '../../members', 'a/b', '', 'x'.repeat(1e6), SECRET, 'a?b', 'a b', '\r\n'])(
		'whose ID is %p is not taken for one',
		async (id) => {
			const { items, error } = await push(() => ({ id, status: 'DONE' }));
			expect(items).toEqual([]);
			expect(error?.message).toBe(
				'Expected a data push job, but the response is JSON in another format',
			);
			expectNoSecret(error);
		},
	);
});
