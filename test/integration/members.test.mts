import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { openTeam, getOutcome, visible, widen, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const MINUTE = 60_000;

const list = async ({ n8n }: Team, parameters: ParameterChanges, items?: IDataObject[]) =>
	getOutcome(await n8n.run(loadWorkflow('list', parameters), items));

/** How often the members were asked for, page by page. */
const readings = ({ celonis }: Team) =>
	celonis.requests.filter(({ path }) => path === '/api/external/members').length;

const lastDay = { from: new Date(NOW - 24 * 60 * MINUTE).toISOString() };

describe.each(['oAuth2', 'key'] as const)('members, with %s', (authentication) => {
	it.each([false, true])(
		'are listed as Celonis sends them (internal ones: %p)',
		async (internal) => {
			const team = await openTeam();
			widen(team);
			const { items, error } = await list(team, {
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
			for (const { json } of items) {
				expect(String(json.nameAndEmail)).toBe(`${json.name} (${json.email})`);
			}
		},
	);
});

describe('members', () => {
	it('come page by page, and no more of them than the limit', async () => {
		const team = await openTeam();
		widen(team);
		const [{ member } = { member: undefined }] = team.celonis.members;
		for (let i = 0; i < 450; i++) {
			team.celonis.members.push({ member: { ...member!, userId: `u-${i}` }, isInternal: false });
		}
		const everybody = team.celonis.members.filter(({ isInternal }) => !isInternal).length;
		const all = await list(team, { resource: 'member', returnAll: true });
		expect(all.items).toHaveLength(everybody);
		expect(readings(team)).toBe(3);
		const some = await list(team, { resource: 'member', limit: 20 });
		expect(some.items).toHaveLength(20);
		expect(readings(team)).toBe(4);
	});
});

describe('Enrich Actor', () => {
	it('adds name, role and groups, from one reading for all items of an execution', async () => {
		const team = await openTeam({ backlog: { events: 300, days: 1 } });
		widen(team);
		const { items, error } = await list(
			team,
			{ ...lastDay, returnAll: true, options: { enrichActor: true } },
			[{}, {}, {}],
		);
		expect(error).toBeUndefined();
		expect(readings(team)).toBe(1);

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

	it('tells what is missing, and gives no items', async () => {
		const team = await openTeam({ backlog: { events: 30, days: 1 } });
		const { items, error } = await list(team, { ...lastDay, options: { enrichActor: true } });
		expect(items).toEqual([]);
		expect(error?.message).toBe(
			"Celonis answered 403: the credential does not ask for the scope 'team.user-group-info:read'",
		);
	});

	it('has no place in raw items', async () => {
		const team = await openTeam();
		const options = { enrichActor: true, output: 'raw' };
		const { error } = await list(team, { ...lastDay, options });
		expect(error?.message).toBe("'Output': \"raw\" leaves no place for what 'Enrich Actor' adds");
		expect(team.celonis.requests).toEqual([]);
	});

	it('costs a reading for each poll that delivers something, and loses nothing where it fails', async () => {
		const team = await openTeam({ growth: { eventsPerMinute: 20 } });
		widen(team);
		const workflow = loadWorkflow('trigger', { options: { enrichActor: true } });
		const trigger = team.n8n.activate({ ...workflow, id: 'enriched' });
		expect(await trigger.poll()).toBeNull();
		expect(readings(team)).toBe(0);
		team.celonis.clock.advance(2 * MINUTE);
		team.celonis.access.membersEnabled = false;
		await expect(trigger.poll()).rejects.toMatchObject({
			message: 'Celonis answered 403 without a reason',
			description: expect.stringMatching(/^The Members API may be switched off/),
		});
		team.celonis.access.membersEnabled = true;
		const readBefore = readings(team);
		const items = (await trigger.poll()) ?? [];
		expect(readings(team)).toBe(readBefore + 1);
		const due = visible(team).filter(({ timestamp }) => Date.parse(String(timestamp)) >= NOW);
		expect(items).toHaveLength(due.length);
		expect(items.every(({ actor }) => 'groups' in (actor as IDataObject))).toBe(true);
	});
});
