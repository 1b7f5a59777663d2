import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { openTeam, getVisibleRecords, grantFullAccess, type Team } from './n8n/team.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { NOW_MS, runNode, toIso } from './n8n/runNode.mts';

/** The number of requests for members. */
const countRequests = ({ celonis }: Team) =>
	celonis.requests.filter(({ path }) => path === '/api/external/members').length;

const lastDay = { from: toIso(NOW_MS - 24 * 60 * MINUTE_MS) };

describe.each(['oAuth2', 'key'] as const)('members with %s', (authentication) => {
	it.each([false, true])(
		'are listed as Celonis sends them (including internal: %p)',
		async (internal) => {
			const team = await openTeam();
			grantFullAccess(team);
			const { items, error } = await runNode(team, {
				authentication,
				resource: 'member',
				returnAll: true,
				includeInternal: internal,
			});
			expect(error).toBeUndefined();
			const expected = team.celonis.members.filter(({ isInternal }) => internal || !isInternal);
			expect(items.map(({ json: { name: _name, email: _email, ...member } }) => member)).toEqual(
				expected.map(({ member }) => member),
			);
			const queries = team.celonis.requests.filter(({ path }) => path === '/api/external/members');
			expect(queries.map(({ query }) => query.includeInternal)).toEqual([String(internal)]);
			for (const { json } of items) {
				expect(String(json.nameAndEmail)).toBe(`${json.name} (${json.email})`);
			}
		},
	);
});

describe('members', () => {
	it('are fetched page by page, up to the limit', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		const [{ member } = { member: undefined }] = team.celonis.members;
		for (let i = 0; i < 450; i++) {
			team.celonis.members.push({ member: { ...member!, userId: `u-${i}` }, isInternal: false });
		}
		const visibleMembers = team.celonis.members.filter(({ isInternal }) => !isInternal).length;
		const all = await runNode(team, { resource: 'member', returnAll: true });
		expect(all.items).toHaveLength(visibleMembers);
		expect(countRequests(team)).toBe(3);
		const some = await runNode(team, { resource: 'member', limit: 20 });
		expect(some.items).toHaveLength(20);
		expect(countRequests(team)).toBe(4);
	});
});

describe('Enrich Actor', () => {
	it('adds name, role and groups, and fetches the members once per execution', async () => {
		const team = await openTeam({ backlog: { events: 300, days: 1 } });
		grantFullAccess(team);
		const { items, error } = await runNode(
			team,
			{ ...lastDay, returnAll: true, options: { enrichActor: true } },
			[{}, {}, {}],
		);
		expect(error).toBeUndefined();
		expect(countRequests(team)).toBe(1);

		const byId = new Map(team.celonis.members.map(({ member }) => [member.userId, member]));
		let known = 0;
		for (const { json } of items) {
			const actor = json.actor as IDataObject;
			const member = byId.get(String(actor.id));
			if (member) known++;
			expect(actor).toEqual({
				id: actor.id,
				email: actor.email,
				type: actor.type,
				name: member ? member.nameAndEmail.replace(/ \(.*/, '') : null,
				role: member?.userRole ?? null,
				groups: member?.group ?? [],
			});
		}
		expect(known).toBeGreaterThan(100);
		expect(known).toBeLessThan(items.length);
	});

	it('names the missing scope, and returns no items', async () => {
		const team = await openTeam({ backlog: { events: 30, days: 1 } });
		const { items, error } = await runNode(team, { ...lastDay, options: { enrichActor: true } });
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			"Celonis returned 403: the credential does not request the scope 'team.user-group-info:read'",
		);
	});

	it('cannot be combined with raw output', async () => {
		const team = await openTeam();
		const options = { enrichActor: true };
		const { error } = await runNode(team, { ...lastDay, output: 'raw', options });
		expect(error?.message).toContain("'Enrich Actor' cannot be combined with 'Raw' output");
		expect(team.celonis.requests).toEqual([]);
	});

	it('fetches the members at each poll that delivers events, and loses nothing if that fails', async () => {
		const team = await openTeam({ growth: { eventsPerMinute: 20 } });
		grantFullAccess(team);
		const workflow = loadWorkflow('trigger', { options: { enrichActor: true } });
		const trigger = team.n8n.activate({ ...workflow, id: 'enriched' });
		expect(await trigger.poll()).toBeNull();
		expect(countRequests(team)).toBe(0);
		team.celonis.clock.advance(2 * MINUTE_MS);
		team.celonis.access.membersEnabled = false;
		await expect(trigger.poll()).rejects.toMatchObject({
			message: expect.stringMatching(/^Celonis returned 403 without a reason\. /),
			description: expect.stringMatching(/^The Members API may be turned off/),
		});
		team.celonis.access.membersEnabled = true;
		const readBefore = countRequests(team);
		const items = (await trigger.poll()) ?? [];
		expect(countRequests(team)).toBe(readBefore + 1);
		const due = getVisibleRecords(team).filter(
			({ timestamp }) => Date.parse(String(timestamp)) >= NOW_MS,
		);
		expect(items).toHaveLength(due.length);
		expect(items.every(({ actor }) => 'groups' in (actor as IDataObject))).toBe(true);
	});
});
