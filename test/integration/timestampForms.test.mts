import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { MINUTE_MS } from '../support/durations.mts';
import { loadWorkflow } from './n8n/n8nHarness.mts';
import { addEvent, getNumbers, getOutcome, openTeam, type Team } from './n8n/team.mts';

const parts = (iso: string) => iso.split(/\D/).slice(0, 6).map(Number);

/** Forms in which a service may write `2026-06-01T08:00:00.903Z`. */
const FORMS: Readonly<Record<string, (iso: string) => unknown>> = {
	'ISO 8601': (iso) => iso,
	'ISO 8601 without a zone': (iso) => iso.slice(0, -1),
	'ISO 8601 with nanoseconds': (iso) => iso.replace('Z', '000000Z'),
	'ISO 8601 with an offset': (iso) =>
		new Date(Date.parse(iso) + 2 * 60 * MINUTE_MS).toISOString().replace('Z', '+02:00'),
	'a blank in place of T': (iso) => iso.replace('T', ' ').slice(0, -1),
	'epoch milliseconds': (iso) => Date.parse(iso),
	'epoch milliseconds as text': (iso) => String(Date.parse(iso)),
	'epoch seconds with a fraction': (iso) => Date.parse(iso) / 1000,
	'epoch seconds with nanoseconds as text': (iso) => `${(Date.parse(iso) / 1000).toFixed(3)}000000`,
	'a list': (iso) => [...parts(iso), Number(iso.slice(20, 23)) * 1e6],
};

function writeTimestamps({ celonis }: Team, format: (iso: string) => unknown): void {
	celonis.faults.decide = ({ path }) =>
		path.includes('/audit')
			? {
					name: 'timestamps',
					type: 'transform',
					transform: (response) => {
						if (response.status !== 200) return response;
						const page = JSON.parse(response.body) as { content: IDataObject[] };
						for (const record of page.content) {
							record.timestamp = format(String(record.timestamp)) as string;
						}
						return { ...response, body: JSON.stringify(page) };
					},
				}
			: undefined;
}

async function list({ n8n, celonis }: Team, output: string): Promise<IDataObject[]> {
	const from = new Date(celonis.clock.now() - 60 * MINUTE_MS).toISOString();
	const parameters = { returnAll: true, from, output };
	return getOutcome(await n8n.run(loadWorkflow('list', parameters))).items.map(({ json }) => json);
}

describe.each(Object.entries(FORMS))('timestamps as %s', (name, format) => {
	it('are the same moments, and the same events', async () => {
		const team = await openTeam();
		const nowMs = team.celonis.clock.now();
		for (let i = 0; i < 20; i++) addEvent(team, nowMs - 1 - i * 777, i);
		const isoEvents = await list(team, 'event');
		const isoTimes = (await list(team, 'ecs')).map((item) => item['@timestamp']);
		writeTimestamps(team, format);
		const events = await list(team, 'event');
		expect(events.map(({ eventId }) => eventId)).toEqual(isoEvents.map(({ eventId }) => eventId));
		expect((await list(team, 'ecs')).map((item) => item['@timestamp'])).toEqual(isoTimes);
		const [first] = isoEvents;
		expect(events[0]?.timestamp).toEqual(format(String(first?.timestamp)));
	});

	it('are delivered once by the trigger', async () => {
		const team = await openTeam();
		writeTimestamps(team, format);
		const workflow = { ...loadWorkflow('trigger'), id: `timestamps-${name}` };
		const trigger = team.n8n.activate(workflow);
		await trigger.poll();
		const delivered: unknown[] = [];
		for (let poll = 0; poll < 15; poll++) {
			addEvent(team, team.celonis.clock.now() + 1003, poll);
			team.celonis.clock.advance(MINUTE_MS);
			delivered.push(...getNumbers(await trigger.poll()));
		}
		expect(delivered).toEqual(Array.from({ length: 15 }, (_, i) => i));
	});
});
