import { describe, expect, it, jest } from '@jest/globals';
import { runningClock } from '../../celonis/clock.mts';
import * as faults from '../../celonis/faults/index.mts';
import { holdPauses, skipPauses } from '../../support/pauses.mts';
import { addEvent, openTeam, getOutcome } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';

skipPauses();

const NOW = Date.parse('2026-06-01T08:00:00Z');
const WINDOW = { from: new Date(NOW - 60_000).toISOString() };
const LOG_REQUESTS = { when: ({ path }: { path: string }) => path.startsWith('/log') };

const connections = [
	['oAuth2', 'v2'],
	['key', 'v1'],
] as const;

describe.each(connections)('with %s and API %s', (authentication, apiVersion) => {
	const parameters = { authentication, options: { apiVersion } };

	it('treats status 204 as a log without events', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG_REQUESTS, faults.noContent());
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		expect(getOutcome(run)).toEqual({ items: [], error: undefined });
	});

	it('does not show a key that the server echoes', async () => {
		const team = await openTeam();
		const { appKeys, oauthClients } = team.celonis.access;
		const secrets = [appKeys[0]!.key, oauthClients[0]!.clientSecret];
		const message = `Unknown key ${secrets.join(' or secret ')}, sorry`;
		team.celonis.faults.always(
			LOG_REQUESTS,
			faults.respondWith(400, { body: { detail: message } }),
		);
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		const { description = '' } = getOutcome(run).error as { description?: string };
		expect(description).toContain('Celonis says: Unknown key');
		expect(description).toContain('***');
		expect(description).not.toContain(secrets[authentication === 'key' ? 0 : 1]);
	});

	it('stops waiting for a rate limit when the execution is cancelled', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG_REQUESTS, faults.rateLimited({ 'x-ratelimit-reset': '200' }));
		const workflow = loadWorkflow('list', { ...WINDOW, ...parameters });
		const controller = new AbortController();
		holdPauses(() => controller.abort());
		const run = await team.n8n.run(workflow, undefined, controller.signal);
		expect(getOutcome(run).error?.message).toBe('The execution was cancelled');
		expect(team.celonis.requests.filter(LOG_REQUESTS.when)).toHaveLength(1);
	});

	it('sends nothing after a 403', async () => {
		const team = await openTeam({ behaviour: { maxPageSizeV2: 500 } });
		for (let i = 0; i < 1500; i++) addEvent(team, NOW - 30_000 + 10 * i, i);
		let isForbidden = false;
		team.celonis.faults.decide = ({ path, pageIndex }) => {
			if (!path.startsWith('/log') || pageIndex < 1) return undefined;
			expect(isForbidden).toBe(false);
			isForbidden = true;
			return faults.respondWith(403, { body: { detail: 'Access is denied' } });
		};
		// Others that are in flight meanwhile would be sent before it.
		const options = { ...parameters.options, concurrency: 1 };
		const all = { ...WINDOW, ...parameters, options, returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(isForbidden).toBe(true);
		expect(getOutcome(run).error).toMatchObject({ httpCode: '403' });
		expect(team.celonis.requests.at(-1)?.status).toBe(403);
	});

	it('lets n8n back off if a rate limit outlasts the poll', async () => {
		const team = await openTeam();
		const trigger = team.n8n.activate(loadWorkflow('trigger', parameters), { budgetMs: 2000 });
		expect(await trigger.poll()).toBeNull();
		team.celonis.faults.always(LOG_REQUESTS, faults.rateLimited({ 'x-ratelimit-reset': '120' }));
		await expect(trigger.poll()).rejects.toMatchObject({
			httpCode: '429',
			failure: { cause: 'rate-limited', retryAfterMs: 120_000 },
		});
	});
});

describe('an access token', () => {
	it('that is rejected in the middle of paging is replaced once', async () => {
		const team = await openTeam();
		for (let i = 0; i < 1200; i++) addEvent(team, NOW - 30_000 + 10 * i, i);
		let expired = 0;
		team.celonis.faults.decide = ({ path, pageIndex }) => {
			if (path.startsWith('/log') && pageIndex === 1 && expired++ === 0) {
				team.celonis.tokens.expireAll();
			}
			return undefined;
		};
		const all = { ...WINDOW, authentication: 'oAuth2', returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(getOutcome(run).items).toHaveLength(1200);
		const statuses = team.celonis.requests.map(({ path, status }) => `${path} ${status}`);
		// The second one is with the credential as n8n has it now: that could be another token.
		expect(statuses.filter((line) => line.endsWith(' 401'))).toHaveLength(2);
		expect(statuses.filter((line) => line.startsWith('/oauth2/token'))).toHaveLength(2);
	});

	it('that another execution has replaced is taken from n8n', async () => {
		const team = await openTeam();
		const { celonis } = team;
		const { saved } = team.n8n.credentials;
		for (let i = 0; i < 1200; i++) addEvent(team, NOW - 30_000 + 10 * i, i);
		let replacements = 0;
		celonis.faults.decide = ({ path, pageIndex }) => {
			if (path.startsWith('/log') && pageIndex === 1 && replacements++ === 0) {
				celonis.tokens.expireAll();
				const [client] = celonis.access.oauthClients;
				const token = celonis.tokens.issue(client!, client!.scopes, 3600);
				const { oauthTokenData, ...credential } = saved.get('oauth')!;
				const data = { ...(oauthTokenData as object), access_token: token };
				saved.set('oauth', { ...credential, oauthTokenData: data });
			}
			return undefined;
		};
		const all = { ...WINDOW, authentication: 'oAuth2', returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(getOutcome(run).items).toHaveLength(1200);
		const statuses = celonis.requests.map(({ path, status }) => `${path} ${status}`);
		expect(statuses.filter((line) => line.endsWith(' 401'))).toHaveLength(1);
		expect(statuses.filter((line) => line.startsWith('/oauth2/token'))).toHaveLength(1);
	});

	it.each(['oAuth2', 'key'])('is not read from n8n for every page (%s)', async (authentication) => {
		const team = await openTeam();
		for (let i = 0; i < 3000; i++) addEvent(team, NOW - 50_000 + 10 * i, i);
		const read = jest.spyOn(team.n8n.credentials, 'getDecrypted');
		const all = { ...WINDOW, authentication, returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(getOutcome(run).items).toHaveLength(3000);
		expect(team.celonis.requests.length).toBeGreaterThan(6);
		// To open the connection, and for the first request.
		expect(read).toHaveBeenCalledTimes(2);
	});

	it('that the token endpoint leaves out, though n8n stores its answer, is requested again', async () => {
		for (const times of [1, 2, 5]) {
			const team = await openTeam();
			const maintenance = faults.respondWith(200, { body: { status: 'maintenance' } });
			team.celonis.faults.next({ times, when: { path: '/oauth2/token' } }, maintenance);
			const workflow = loadWorkflow('list', { ...WINDOW, authentication: 'oAuth2' });
			addEvent(team, NOW - 1000, 1);
			let run = await team.n8n.run(workflow);
			for (let i = 0; i < 5 && getOutcome(run).error; i++) run = await team.n8n.run(workflow);
			expect(getOutcome(run).items).toHaveLength(1);
		}
	});
});

describe('a rate limit that Celonis reports', () => {
	it('is not reached: the node slows down first', async () => {
		const team = await openTeam({
			clock: runningClock(),
			behaviour: {
				maxPageSizeV2: 500,
				rateLimit: { limit: 20, windowSeconds: 2, resetForm: 'seconds' },
			},
		});
		const now = team.celonis.clock.now();
		for (let i = 0; i < 500 * 30; i++) addEvent(team, now - 30_000 + i, i);
		const all = { from: new Date(now - 60_000).toISOString(), returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(getOutcome(run).items).toHaveLength(500 * 30);
		expect(team.celonis.requests.map(({ status }) => status)).not.toContain(429);
	});
});
