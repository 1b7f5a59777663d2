import { describe, expect, it } from '@jest/globals';
import { runningClock } from '../../celonis/clock.mts';
import * as faults from '../../celonis/faultKinds.mts';
import type { Fault } from '../../celonis/faults.mts';
import { addEvent, openTeam, getOutcome } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const WINDOW = { from: new Date(NOW - 60_000).toISOString() };
const LOG = { when: ({ path }: { path: string }) => path.startsWith('/log') };

const ways = [
	['oAuth2', 'v2'],
	['key', 'v1'],
] as const;

describe.each(ways)('with %s and API %s', (authentication, apiVersion) => {
	const parameters = { authentication, options: { apiVersion } };

	it('status 204 is a log without events', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG, faults.noContent());
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		expect(getOutcome(run)).toEqual({ items: [], error: undefined });
	});

	it.each<[string, Fault]>([
		['429', faults.rateLimited({ 'x-ratelimit-reset': '0' })],
		['500', faults.serverError(500)],
		['502', faults.serverError(502)],
		['503', faults.serverError(503)],
		['504', faults.serverError(504)],
		['a reset before the answer', faults.resetBeforeAnswer()],
		['a reset in the middle of the answer', faults.resetInBody()],
		['an answer that ends too early', faults.truncatedBody()],
		['JSON that is cut off', faults.cutJson()],
	])('a single %s is got over', async (_name, fault) => {
		const team = await openTeam();
		for (let i = 0; i < 30; i++) addEvent(team, NOW - 1000 * i - 1000, i);
		team.celonis.faults.next(LOG, fault);
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		const { items, error } = getOutcome(run);
		expect(error).toBeUndefined();
		expect(items).toHaveLength(30);
		expect(team.celonis.faults.waiting).toBe(0);
	});

	it('a single answer that does not come in time is got over', async () => {
		const team = await openTeam();
		addEvent(team, NOW - 1000, 1);
		team.celonis.faults.next(LOG, faults.hang());
		const options = { apiVersion, timeout: 0.3 };
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, authentication, options }));
		expect(getOutcome(run).items).toHaveLength(1);
	});

	it('a key that the server repeats is not shown', async () => {
		const team = await openTeam();
		const { appKeys, oauthClients } = team.celonis.access;
		const secrets = [appKeys[0]!.key, oauthClients[0]!.clientSecret];
		const words = `Unknown key ${secrets.join(' or secret ')}, sorry`;
		team.celonis.faults.always(LOG, faults.answerWith(400, { body: { detail: words } }));
		const run = await team.n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters }));
		const { description = '' } = getOutcome(run).error as { description?: string };
		expect(description).toContain('Celonis says: Unknown key');
		expect(description).toContain('***');
		expect(description).not.toContain(secrets[authentication === 'key' ? 0 : 1]);
	});

	it('an execution that is stopped does not wait for a rate limit', async () => {
		const team = await openTeam();
		team.celonis.faults.always(LOG, faults.rateLimited({ 'x-ratelimit-reset': '200' }));
		const workflow = loadWorkflow('list', { ...WINDOW, ...parameters });
		const began = performance.now();
		const run = await team.n8n.run(workflow, undefined, AbortSignal.timeout(500));
		expect(getOutcome(run).error?.message).toBe('The execution was cancelled');
		expect(performance.now() - began).toBeLessThan(20_000);
		expect(team.celonis.requests.filter(LOG.when)).toHaveLength(1);
	});

	it('nothing is asked again after a 403', async () => {
		const team = await openTeam({ behaviour: { maxPageSizeV2: 500 } });
		for (let i = 0; i < 1500; i++) addEvent(team, NOW - 30_000 + 10 * i, i);
		let isForbidden = false;
		team.celonis.faults.decide = ({ path, pageIndex }) => {
			if (!path.startsWith('/log') || pageIndex < 1) return undefined;
			expect(isForbidden).toBe(false);
			isForbidden = true;
			return faults.answerWith(403, { body: { detail: 'Access is denied' } });
		};
		const all = { ...WINDOW, ...parameters, returnAll: true };
		const run = await team.n8n.run(loadWorkflow('list', all));
		expect(isForbidden).toBe(true);
		expect(getOutcome(run).error).toMatchObject({ httpCode: '403' });
		expect(team.celonis.requests.at(-1)?.status).toBe(403);
	});

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

describe('an access token', () => {
	it('that is no longer accepted is replaced in the middle of a reading, once', async () => {
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
		expect(statuses.filter((line) => line.endsWith(' 401'))).toHaveLength(1);
		expect(statuses.filter((line) => line.startsWith('/oauth2/token'))).toHaveLength(2);
	});
});

describe('a rate limit that Celonis announces', () => {
	it('is not run into: the node slows down before', async () => {
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
