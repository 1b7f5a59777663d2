import { describe, expect, it } from '@jest/globals';
import { nginxPage, respondWith } from '../celonis/faults/index.mts';
import { skipPauses } from '../support/pauses.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { getJson, NOW_MS, runNode, toIso } from './n8n/runNode.mts';
import { addEvent, grantFullAccess, openTeam, type Team } from './n8n/team.mts';
import { defaultPoolId } from '../celonis/access.mts';

skipPauses();

const OUTPUTS = ['event', 'summary', 'ecs', 'ocsf', 'raw'] as const;
const FROM = toIso(NOW_MS - 3_600_000);

/** Responds to every request for the log with one page that has this record, written as JSON. */
function serveRecord({ celonis }: Team, fields: string): void {
	const record = `{"timestamp":"${toIso(NOW_MS - 1000)}","event":"PERMISSIONS_UPDATE",${fields}}`;
	const headers = { 'content-type': 'application/json' };
	const body = `{"content":[${record}],"nextPageToken":null}`;
	const when = ({ path }: { path: string }) => path.startsWith('/log');
	celonis.faults.always({ when }, respondWith(200, { headers, body }));
}

describe.each(OUTPUTS)('as %s', (output) => {
	it.each([
		['lists', '[', ']'],
		['objects', '{"a":', '}'],
	])('a record of some thousand nested %s is delivered', async (_, open, close) => {
		const team = await openTeam();
		const deep = `${open.repeat(3000)}1${close.repeat(3000)}`;
		serveRecord(
			team,
			`"userId":"u-1 (ada@example.com)","message":{"x":${deep}},"diffPayload":${deep}`,
		);
		const filters = { text: 'nowhere' };
		const found = await runNode(team, { from: FROM, output });
		expect(found.error).toBeUndefined();
		expect(found.items).toHaveLength(1);
		const picks: Record<string, string> = {
			summary: 'event,summary',
			ecs: 'event,message,celonis.event',
			ocsf: 'message,unmapped',
		};
		const options = { fields: picks[output] ?? 'event,message' };
		const picked = await runNode(team, { from: FROM, output, options });
		expect(picked.error).toBeUndefined();
		expect(picked.items).toHaveLength(1);
		const filtered = await runNode(team, { from: FROM, filters, output });
		expect(filtered.error).toBeUndefined();
		expect(filtered.items).toEqual([]);
	});

	it('a record of 50 000 permissions is delivered', async () => {
		const team = await openTeam();
		const permissions = Array.from({ length: 50_000 }, (_, i) => `P${i}`);
		const message = { old_permissions: permissions, new_permissions: [...permissions, 'NEW'] };
		serveRecord(team, `"message":${JSON.stringify(message)}`);
		const { items, error } = await runNode(team, { from: FROM, output });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});

	it('a record of 50 000 users, roles and objects as JSON text is delivered', async () => {
		const team = await openTeam();
		const users = Array.from({ length: 50_000 }, (_, i) => `User ${i} (u${i}@example.com)`);
		const roles = JSON.stringify(users.map((role) => ({ role })));
		const message = JSON.stringify({ email: users, userId: users, others: users, role: roles });
		const diff = JSON.stringify({ oldValue: roles, newValue: `{"__proto__":${roles}}` });
		serveRecord(team, `"message":${JSON.stringify(message)},"diffPayload":${JSON.stringify(diff)}`);
		const { items, error } = await runNode(team, { from: FROM, output });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
	});
});

describe('a name and e-mail address of 300 kB', () => {
	it.each([
		['a'.repeat(300_000), null],
		['Ada '.repeat(75_000), null],
		[`${' ,;'.repeat(100_000)}@`, null],
		['a@'.repeat(150_000), null],
	])('is read: %.12s', async (nameAndEmail) => {
		const team = await openTeam();
		grantFullAccess(team);
		addEvent(team, NOW_MS - 1000, 1);
		const members = JSON.stringify({
			content: [{ userId: 'id-1', nameAndEmail, userRole: 'ADMIN', group: ['G'] }],
			pageNumber: 0,
			pageSize: 200,
			totalCount: 1,
		});
		const headers = { 'content-type': 'application/json' };
		const when = { path: '/api/external/members' };
		team.celonis.faults.always({ when }, respondWith(200, { headers, body: members }));
		const { items, error } = await runNode(team, { from: FROM, options: { enrichActor: true } });
		expect(error).toBeUndefined();
		expect(getJson(items)).toMatchObject([{ actor: { role: 'ADMIN', groups: ['G'] } }]);
	});
});

describe('a date that the API cannot express', () => {
	const DATES = ['-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '0001-01-01T00:00:00Z'];

	it.each(DATES)('%s as From or To is an error that names it', async (date) => {
		const team = await openTeam();
		for (const [name, displayName] of [
			['from', 'From'],
			['to', 'To'],
		] as const) {
			const { items, error } = await runNode(team, { from: FROM, [name]: date });
			expect(items).toEqual([]);
			expect(error?.message).toContain(`'${displayName}': "${date}"`);
			expect(error?.message).toContain('is not between the years 1000 and 9998');
		}
		expect(team.celonis.requests).toEqual([]);
	});

	it.each(DATES)('%s as Start Date is an error that names it', async (startDate) => {
		const team = await openTeam();
		const workflow = loadWorkflow('trigger', { startFrom: 'date', startDate });
		await expect(team.n8n.activate(workflow).poll()).rejects.toMatchObject({
			message: expect.stringContaining(`'Start Date': "${startDate}"`),
			failure: { cause: 'configuration-invalid' },
		});
	});
});

describe('an absurd number', () => {
	it.each([1e300, Infinity, -1, 0, Number.NaN, '1e300', 525_601])(
		'%p as Lookback is an error that names it',
		async (lookback) => {
			const team = await openTeam();
			const workflow = loadWorkflow('trigger', { options: { lookback } });
			await expect(team.n8n.activate(workflow).poll()).rejects.toMatchObject({
				message: expect.stringContaining("'Lookback (Minutes)'"),
			});
		},
	);

	it.each(['timeout', 'jobTimeout', 'maxEventsPerPoll'])('as %s does no harm', async (option) => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		const options = { [option]: 1e300 };
		const { items, error } = await runNode(team, { from: FROM, limit: 1e300, options });
		expect(error).toBeUndefined();
		expect(items).toHaveLength(1);
		const workflow = loadWorkflow('trigger', { options });
		await expect(team.n8n.activate(workflow).poll()).resolves.toBeNull();
	});
});

describe('413 Payload Too Large', () => {
	it('names Chunk Size in Push Rows', async () => {
		const team = await openTeam();
		grantFullAccess(team);
		const when = ({ path }: { path: string }) => path.endsWith('/chunks/upserted');
		team.celonis.faults.always({ when }, nginxPage(413, 'Request Entity Too Large'));
		const push = { resource: 'dataPool', operation: 'push', dataPoolId: defaultPoolId };
		const parameters = { ...push, tableName: 'T', keys: '' };
		const { items, error } = await runNode(team, parameters, [{ id: 1 }]);
		expect(items).toEqual([]);
		expect(error?.message).toContain('413');
		expect(error?.description).toContain("Lower 'Chunk Size (MB)' under Options");
	});
});
