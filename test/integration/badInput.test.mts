import { describe, expect, it } from '@jest/globals';
import { addEvent, getNumbers, openTeam, getOutcome, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';

const NOW = Date.parse('2026-06-01T08:00:00Z');
const WINDOW = { from: new Date(NOW - 60_000).toISOString() };

const list = async ({ n8n }: Team, parameters: ParameterChanges = {}) =>
	getOutcome(await n8n.run(loadWorkflow('list', { ...WINDOW, ...parameters })));

function setCredential({ n8n }: Team, id: 'oauth' | 'key', changes: Record<string, string>) {
	n8n.credentials.saved.set(id, { ...n8n.credentials.saved.get(id), ...changes });
}

describe.each([
	['oAuth2', 'oauth'],
	['key', 'key'],
] as const)('a team URL with %s', (authentication, credential) => {
	it.each([
		['', 'is empty'],
		['127.0.0.1', 'has no scheme'],
		['http://celonis.example.com', 'is plain http to a public host'],
		['not a URL', 'is no URL'],
	])('%p, which %s, is refused before anything is sent', async (teamUrl) => {
		const team = await openTeam();
		setCredential(team, credential, { teamUrl });
		const { error } = await list(team, { authentication });
		expect(error).toMatchObject({
			message: 'The team URL of the credential cannot be used',
			description: expect.stringContaining('https://your-team.eu-1.celonis.cloud'),
		});
		expect(team.celonis.requests).toEqual([]);
	});

	it('with a path, as copied from the address bar, is cut to its origin', async () => {
		const team = await openTeam();
		addEvent(team, NOW - 1000, 1);
		setCredential(team, credential, {
			teamUrl: ` ${team.celonis.url}/ui/admin/audit-logs?page=2 `,
		});
		const { items } = await list(team, { authentication });
		expect(getNumbers(items.map(({ json }) => json))).toEqual([1]);
	});
});

describe('a key', () => {
	it.each(['  KEY  ', 'AppKey KEY', 'appkey  KEY\n', 'Bearer KEY'])(
		'pasted as %p is taken as it was meant',
		async (pasted) => {
			const team = await openTeam();
			addEvent(team, NOW - 1000, 1);
			const authKey = pasted.replace('KEY', team.celonis.access.appKeys[0]?.key ?? '');
			setCredential(team, 'key', { authKey });
			const { items } = await list(team, { authentication: 'key' });
			expect(items).toHaveLength(1);
		},
	);
});

describe('parameters', () => {
	it.each<[ParameterChanges, string, string]>([
		[{ limit: 0 }, "'Limit' must be a whole number of 1 or more", 'It is 0'],
		[{ limit: -5 }, "'Limit' must be a whole number of 1 or more", 'It is -5'],
		[{ limit: 1.5 }, "'Limit' must be a whole number of 1 or more", 'It is 1.5'],
		[{ limit: '={{ "many" }}' }, "'Limit' must be a whole number of 1 or more", 'It is "many"'],
		[{ from: 'soon' }, "'From' is not a date and time", 'It is "soon"'],
		[{ from: '2026A' }, "'From' is not a date and time", 'It is "2026A"'],
		[{ to: '={{ {} }}' }, "'To' is not a date and time", 'It is {}'],
		[
			{ from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' },
			"'From' is later than 'To'",
			'2026-06-02T00:00:00.000Z',
		],
		[{ options: { timeout: 0 } }, "'Timeout' must be a number greater than 0", 'It is 0'],
	])('%p is refused before anything is sent', async (parameters, message, description) => {
		const team = await openTeam();
		const { error } = await list(team, parameters);
		expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
		expect(team.celonis.requests).toEqual([]);
	});

	it.each<[ParameterChanges, string]>([
		[{ options: { lookback: 0 } }, "'Lookback' must be a number greater than 0"],
		[
			{ options: { maxEventsPerPoll: 0 } },
			"'Max Events per Poll' must be a whole number of 1 or more",
		],
		[{ startFrom: 'date', startDate: '' }, "'Start Date' is empty"],
		[{ startFrom: 'date', startDate: 'soon' }, "'Start Date' is not a date and time"],
	])('%p of the trigger is refused too', async (parameters, message) => {
		const team = await openTeam();
		const poll = team.n8n.activate(loadWorkflow('trigger', parameters)).poll();
		await expect(poll).rejects.toMatchObject({ message });
		expect(team.celonis.requests).toEqual([]);
	});
});
