import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import * as faults from '../celonis/faultKinds.mts';
import type { Fault } from '../celonis/faults.mts';
import { addEvent, openTeam, outcomeOf, type Team } from './n8n/team.mts';
import { loadWorkflow } from './n8n/workbench.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const WINDOW = { from: new Date(NOW - 60_000).toISOString() };
const LOG = { when: ({ path }: { path: string }) => path.startsWith('/log') };

interface Failure {
	readonly message: string;
	readonly description: string | null | undefined;
	readonly httpCode?: string | null;
	readonly failure?: IDataObject;
}

/** What a user gets to see in the node and in the trigger. */
async function failuresOf(team: Team, parameters: IDataObject): Promise<Failure[]> {
	const { error } = outcomeOf(
		await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters })),
	);
	const trigger = team.n8n.activate(loadWorkflow('trigger', parameters), { budgetMs: 2000 });
	const rejected = await trigger.poll().then(
		() => undefined,
		(reason: unknown) => reason as Failure,
	);
	return [error, rejected].map((failure) => {
		if (!failure) throw new Error('Nothing failed');
		return failure as Failure;
	});
}

const ways = [
	['oAuth2', 'v2'],
	['key', 'v1'],
] as const;

describe.each(ways)('with %s and API %s', (authentication, apiVersion) => {
	const parameters = { authentication, options: { apiVersion } };

	it.each<[string, Fault, Partial<Failure>]>([
		[
			'400',
			faults.answerWith(400, { body: { errorInformation: 'Odd value' } }),
			{ httpCode: '400', message: 'Celonis answered 400: it did not accept the request' },
		],
		[
			'401',
			faults.answerWith(401, { body: { error: 'Unauthorized' } }),
			{
				httpCode: '401',
				message: 'Celonis answered 401: the credential was not accepted',
				failure: { cause: 'credential-invalid' },
			},
		],
		[
			'403',
			faults.answerWith(403, { body: { detail: 'Access is denied' } }),
			{
				httpCode: '403',
				message: "Celonis answered 403: the application lacks the team permission 'Audit Log API'",
			},
		],
		['403 without a word', faults.answerWith(403), { httpCode: '403' }],
		[
			'404',
			faults.answerWith(404),
			{
				httpCode: '404',
				message: 'Celonis answered 404: there is no Audit Log API at this address',
			},
		],
		[
			'500',
			faults.serverError(500, 'ref-1'),
			{
				httpCode: '500',
				message: 'Celonis answered 500: the service has a fault',
				failure: { cause: 'temporarily-unavailable' },
			},
		],
		[
			'a redirect',
			faults.redirectTo('https://login.example.com/'),
			{ httpCode: '302', message: 'Celonis answered 302: it wants to redirect the request' },
		],
		[
			'a web page',
			faults.htmlPage(),
			{ message: 'The answer is not the audit log but a web page' },
		],
		[
			'nothing',
			faults.emptyOk(),
			{ message: 'The answer is not the audit log but an empty answer' },
		],
		[
			'JSON of another product',
			faults.otherProduct(),
			{ message: 'The answer is not the audit log but JSON that holds no list of audit events' },
		],
		[
			'no list',
			faults.contentMissing(),
			{ message: 'The answer is not the audit log but JSON that holds no list of audit events' },
		],
		[
			'a list that is none',
			faults.contentNotAList(),
			{ message: 'The answer is not the audit log but JSON that holds no list of audit events' },
		],
		[
			'a record that is no object',
			faults.recordNotAnObject(),
			{ message: 'The audit log holds a record that is not an object' },
		],
		[
			'a timestamp that is no date',
			faults.timestampNoDate(),
			{ message: "The audit log holds a record whose 'timestamp' is not a date and time" },
		],
	])('%s is told in words that help', async (_name, fault, expected) => {
		const team = await openTeam();
		for (let i = 0; i < 3; i++) addEvent(team, NOW - 1000 * i - 1000, i);
		const startDate = new Date(NOW - 60_000).toISOString();
		team.celonis.faults.always(LOG, fault);
		const failures = await failuresOf(team, { ...parameters, startFrom: 'date', startDate });
		for (const failure of failures) {
			expect(failure).toMatchObject({ name: 'NodeApiError', ...expected });
			expect(failure.description).toEqual(expect.stringMatching(/\S{3,} \S+/));
			expectNoSecrets(team, failure);
		}
	});

	it('status 204 is a log without events', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG, faults.noContent());
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		expect(outcomeOf(run)).toEqual({ items: [], error: undefined });
	});

	it.each<[string, Fault]>([
		['429', faults.rateLimited({ 'x-ratelimit-reset': '0' })],
		['502', faults.serverError(502)],
		['503', faults.serverError(503)],
		['504', faults.serverError(504)],
		['a reset before the answer', faults.resetBeforeAnswer()],
		['a reset in the middle of the answer', faults.resetInBody()],
		['an answer that is cut off', faults.truncatedBody()],
	])('a single %s is got over', async (_name, fault) => {
		const team = await openTeam();
		for (let i = 0; i < 30; i++) addEvent(team, NOW - 1000 * i - 1000, i);
		team.celonis.faults.next(LOG, fault);
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		const { items, error } = outcomeOf(run);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(30);
		expect(team.celonis.faults.waiting).toBe(0);
	});

	it('a server that is not there is told', async () => {
		const team = await openTeam();
		for (const id of ['oauth', 'key']) {
			const saved = team.n8n.credentials.saved.get(id);
			team.n8n.credentials.saved.set(id, { ...saved, teamUrl: 'http://127.0.0.1:1' });
		}
		for (const failure of await failuresOf(team, parameters)) {
			expect(failure.message).toBe('Celonis could not be reached');
			expect(failure.description).toContain('ECONNREFUSED');
			expectNoSecrets(team, failure);
		}
	}, 60_000);

	it('a rate limit that outlasts the poll is told to n8n, so that it backs off', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG, faults.rateLimited({ 'x-ratelimit-reset': '120' }));
		const trigger = team.n8n.activate(loadWorkflow('trigger', parameters), { budgetMs: 2000 });
		await expect(trigger.poll()).rejects.toMatchObject({
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 120_000 },
		});
	});
});

describe('OAuth2', () => {
	it.each([
		[{ clientSecret: 'not-a-secret-wrong' }, 'Celonis gave no access token: invalid_client'],
		[{ scope: 'audit.log:write' }, 'Celonis gave no access token: invalid_scope'],
		[{ clientSecret: '' }, 'Celonis gave no access token: invalid_client'],
	])('credentials with %p get no token, and that is told', async (changes, message) => {
		const team = await openTeam();
		team.n8n.credentials.saved.set('oauth', {
			...team.n8n.credentials.saved.get('oauth'),
			...changes,
		});
		for (const failure of await failuresOf(team, {})) {
			expect(failure).toMatchObject({ message, failure: { cause: 'credential-invalid' } });
			expectNoSecrets(team, failure);
		}
	});
});

/** Looks through everything that hangs on an error: message, stack, causes, context, node. */
function expectNoSecrets({ celonis, n8n }: Team, failure: unknown): void {
	const shown = inspect(failure, { depth: 20, showHidden: true, maxStringLength: Infinity });
	const secrets = [
		...celonis.access.oauthClients.map(({ clientSecret }) => clientSecret),
		...celonis.access.appKeys.map(({ key }) => key),
		...[...n8n.credentials.saved.values()].map(
			({ oauthTokenData }) => (oauthTokenData as IDataObject | undefined)?.access_token,
		),
		'not-a-secret',
	];
	for (const secret of secrets) if (secret) expect(shown).not.toContain(secret);
}
