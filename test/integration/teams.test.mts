import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { addEvent, getNumbers, grantFullAccess, openTeam, type Team } from './n8n/team.mts';

const WINDOW = { from: toIso(NOW_MS - MINUTE_MS) };

/** Two teams, and one credential of each type in the first one's n8n that has expressions. */
async function openTeams(): Promise<{ acme: Team; bolt: Team; items: IDataObject[] }> {
	const [acme, bolt] = [await openTeam({ seed: 1 }), await openTeam({ seed: 2 })];
	for (const team of [acme, bolt]) grantFullAccess(team);
	addEvent(acme, NOW_MS - 1000, 'acme');
	addEvent(bolt, NOW_MS - 1000, 'bolt');
	bolt.celonis.access.oauthClients[1]!.clientSecret = 'the-other-teams-secret';
	bolt.celonis.access.appKeys[1]!.key = 'the-other-teams-key';

	const read = (id: string, team: Team) => team.n8n.credentials.saved.get(id)!;
	const oauth = read('oauth', acme);
	acme.n8n.credentials.saved.set('oauth', {
		...oauth,
		teamUrl: '={{ $json.team }}',
		clientSecret: '={{ $json.secret }}',
	});
	acme.n8n.credentials.saved.set('key', {
		...read('key', acme),
		teamUrl: '={{ $json.team }}',
		authKey: '={{ $json.key }}',
	});
	const items = [acme, bolt].map(({ celonis }) => ({
		team: celonis.url,
		secret: celonis.access.oauthClients[1]!.clientSecret,
		key: celonis.access.appKeys[1]!.key,
	}));
	return { acme, bolt, items };
}

const list = async (team: Team, items: IDataObject[], parameters: ParameterChanges = {}) =>
	await runNode(team, { ...WINDOW, ...parameters }, items);

/** A key or token of another team has the label `unknown`. */
function expectNoForeignSecrets(...teams: Team[]): void {
	for (const { celonis } of teams) {
		const labels = celonis.requests.map(({ headers }) => headers.authorization ?? '');
		expect(labels.filter((label) => label.endsWith('unknown'))).toEqual([]);
		expect(labels.filter(Boolean).length).toBeGreaterThan(0);
	}
}

const countTokenRequests = ({ celonis }: Team) =>
	celonis.requests.filter(({ path }) => path === '/oauth2/token').length;

describe.each(['oAuth2', 'key'] as const)(
	'a credential with expressions (%s)',
	(authentication) => {
		it('is evaluated for each item: each has its team', async () => {
			const { acme, bolt, items } = await openTeams();
			const input = [...items, ...items];
			const { items: events, error } = await list(acme, input, { authentication });
			expect(error).toBeUndefined();
			expect(getNumbers(getJson(events))).toEqual(['acme', 'bolt', 'acme', 'bolt']);
			expect(getJson(events).map(({ eventId }) => eventId)).toHaveLength(4);

			expectNoForeignSecrets(acme, bolt);
		});

		it('does not push the rows of one team into a pool of another', async () => {
			const { acme, bolt, items } = await openTeams();
			const rows = items.map((item, i) => ({ ...item, eventId: `event ${i}` }));
			const push = { resource: 'dataPool', operation: 'push', dataPoolId: 'p', tableName: 'T' };
			const { error } = await runNode(acme, { ...push, authentication }, rows);
			expect(error?.message).toContain("'Credential' is not the same for all items");
			expect([...acme.celonis.requests, ...bolt.celonis.requests]).toEqual([]);
		});

		it('enriches actors with the members of their own team', async () => {
			const { acme, bolt, items } = await openTeams();
			const options = { enrichActor: true };
			const { error } = await list(acme, [...items, ...items], { authentication, options });
			expect(error).toBeUndefined();
			for (const { celonis } of [acme, bolt]) {
				const lists = celonis.requests.filter(({ path }) => path === '/api/external/members');
				expect(lists).toHaveLength(1);
			}
		});

		it('lists the members of each team', async () => {
			const { acme, bolt, items } = await openTeams();
			const parameters = { authentication, resource: 'member' };
			const { error } = await list(acme, items, parameters);
			expect(error).toBeUndefined();
			for (const team of [acme, bolt]) {
				expect(team.celonis.requests.map(({ path }) => path)).toContain('/api/external/members');
			}
		});

		it('is an error in the trigger, which has no items', async () => {
			const { acme } = await openTeams();
			const poll = acme.n8n.activate(loadWorkflow('trigger', { authentication })).poll();
			await expect(poll).rejects.toMatchObject({
				message:
					'An expression in the credential needs an input item, which a trigger does not have',
				description: expect.stringContaining('$json'),
			});
		});
	},
);

describe('the token of another team', () => {
	it('is never sent: neither the stored one nor after a 401', async () => {
		const { acme, bolt, items } = await openTeams();
		await list(acme, [items[0]!]);
		await list(acme, [items[1]!]);
		for (const { celonis } of [acme, bolt]) celonis.tokens.expireAll();
		const { items: events, error } = await list(acme, [...items, ...items]);
		expect(error).toBeUndefined();
		expect(getNumbers(getJson(events))).toEqual(['acme', 'bolt', 'acme', 'bolt']);
		expectNoForeignSecrets(acme, bolt);
	});

	it('is not sent if it is what n8n has stored when a token expires', async () => {
		const { acme, bolt, items } = await openTeams();
		let requests = 0;
		// The tokens of the first team expire after those of the second one were stored.
		acme.celonis.faults.decide = ({ path }) => {
			if (path.startsWith('/log') && ++requests === 2) acme.celonis.tokens.expireAll();
			return undefined;
		};
		const { items: events, error } = await list(acme, [...items, items[0]!]);
		expect(error).toBeUndefined();
		expect(getNumbers(getJson(events))).toEqual(['acme', 'bolt', 'acme']);
		expect([acme, bolt].map(countTokenRequests)).toEqual([2, 1]);
		expectNoForeignSecrets(acme, bolt);
	});

	it('is fetched once for each team in one execution', async () => {
		const { acme, bolt, items } = await openTeams();
		await list(acme, [...items, ...items, ...items]);
		expect([acme, bolt].map(countTokenRequests)).toEqual([1, 1]);
	});

	it('is not sent after the team URL of a credential was changed', async () => {
		const [acme, bolt] = [await openTeam({ seed: 1 }), await openTeam({ seed: 2 })];
		await list(acme, [{}]);
		const { saved } = acme.n8n.credentials;
		const before = saved.get('oauth') as ICredentialDataDecryptedObject;
		expect(before.oauthTokenData).toBeDefined();
		saved.set('oauth', { ...before, teamUrl: bolt.celonis.url });
		const { error } = await list(acme, [{}]);
		expect(error).toBeUndefined();
		expectNoForeignSecrets(acme, bolt);
	});
});
