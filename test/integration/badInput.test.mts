import { describe, expect, it } from '@jest/globals';
import { addEvent, getNumbers, openTeam, type Team } from './n8n/team.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { NOW_MS, getJson, runNode, toIso } from './n8n/runNode.mts';

const WINDOW = { from: toIso(NOW_MS - 60_000) };

const list = async (team: Team, parameters: ParameterChanges = {}) =>
	await runNode(team, { ...WINDOW, ...parameters });

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
		['not a URL', 'is not a URL'],
	])('%p, which %s, is rejected before anything is sent', async (teamUrl) => {
		const team = await openTeam();
		setCredential(team, credential, { teamUrl });
		const { error } = await list(team, { authentication });
		expect(error).toMatchObject({
			message: 'The team URL of the credential is invalid',
			description: expect.stringContaining('https://your-team.eu-1.celonis.cloud'),
		});
		expect(team.celonis.requests).toEqual([]);
	});

	it('with a path, as copied from the address bar, is reduced to its origin', async () => {
		const team = await openTeam();
		addEvent(team, NOW_MS - 1000, 1);
		setCredential(team, credential, {
			teamUrl: ` ${team.celonis.url}/ui/admin/audit-logs?page=2 `,
		});
		const { items } = await list(team, { authentication });
		expect(getNumbers(getJson(items))).toEqual([1]);
	});
});

describe('a key', () => {
	it.each(['  KEY  ', 'AppKey KEY', 'appkey  KEY\n', 'Bearer KEY'])(
		'is accepted if it was pasted as %p',
		async (pasted) => {
			const team = await openTeam();
			addEvent(team, NOW_MS - 1000, 1);
			const authKey = pasted.replace('KEY', team.celonis.access.appKeys[0]?.key ?? '');
			setCredential(team, 'key', { authKey });
			const { items } = await list(team, { authentication: 'key' });
			expect(items).toHaveLength(1);
		},
	);
});

describe('parameters', () => {
	it.each<[ParameterChanges, string, string]>([
		[{ limit: 0 }, "'Limit': 0 is not a whole number of 1 or more", 'Enter a whole number'],
		[{ limit: -5 }, "'Limit': -5 is not a whole number of 1 or more", 'Enter a whole number'],
		[{ limit: 1.5 }, "'Limit': 1.5 is not a whole number of 1 or more", 'Enter a whole number'],
		[
			{ limit: '={{ "many" }}' },
			`'Limit': "many" is not a whole number of 1 or more`,
			'Enter a whole number',
		],
		[{ from: 'soon' }, `'From': "soon" is not a date and time`, 'Use the date picker'],
		[{ from: '2026A' }, `'From': "2026A" is not a date and time`, 'Use the date picker'],
		[{ to: '={{ {} }}' }, "'To': {} is not a date and time", 'Use the date picker'],
		[
			{ from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' },
			`'From': "2026-06-02T00:00:00.000Z" is later than 'To'`,
			'2026-06-01T00:00:00.000Z',
		],
		[
			{ options: { timeout: 0 } },
			"'Timeout': 0 is not a number greater than 0",
			'Enter a number greater than 0',
		],
	])('%p is rejected before anything is sent', async (parameters, message, description) => {
		const team = await openTeam();
		const { error } = await list(team, parameters);
		expect(error).toMatchObject({ message, description: expect.stringContaining(description) });
		expect(team.celonis.requests).toEqual([]);
	});

	it.each<[ParameterChanges, string]>([
		[{ options: { lookback: 0 } }, "'Lookback': 0 is not a number greater than 0"],
		[
			{ options: { maxEventsPerPoll: 0 } },
			"'Max Events per Poll': 0 is not a whole number of 1 or more",
		],
		[{ startFrom: 'date', startDate: '' }, "'Start Date' must not be empty"],
		[{ startFrom: 'date', startDate: 'soon' }, `'Start Date': "soon" is not a date and time`],
	])('%p of the trigger is rejected too', async (parameters, message) => {
		const team = await openTeam();
		const poll = team.n8n.activate(loadWorkflow('trigger', parameters)).poll();
		await expect(poll).rejects.toMatchObject({ message });
		expect(team.celonis.requests).toEqual([]);
	});
});
