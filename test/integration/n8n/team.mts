import { afterEach, expect } from '@jest/globals';
import type { IDataObject, IRun } from 'n8n-workflow';
import { fullAccessAppKey, fullAccessClient } from '../../celonis/access.mts';
import { manualClock } from '../../celonis/clock.mts';
import { loadContract } from '../../celonis/contract.mts';
import { AuditLog } from '../../celonis/log.mts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../celonis/simulator.mts';
import { N8nHarness } from './n8nHarness.mts';

/** A simulated Celonis team and an n8n with credentials for it. */
export interface Team {
	readonly celonis: Simulator;
	readonly n8n: N8nHarness;
}

const opened: Simulator[] = [];
afterEach(async () => {
	const teams = opened.splice(0);
	await Promise.all(teams.map(async (celonis) => await celonis.close()));
	expect(teams.flatMap(({ contractProblems }) => contractProblems)).toEqual([]);
});

const contract = loadContract();

/**
 * Opens a team with an empty log and a clock that stands still, months off this machine's. Every
 * request and response is validated against the OpenAPI document. Closed after the test.
 */
export async function openTeam(options: SimulatorOptions = {}): Promise<Team> {
	const celonis = await startSimulator({
		clock: manualClock(),
		log: new AuditLog(),
		contract,
		...options,
	});
	opened.push(celonis);
	const n8n = new N8nHarness();
	const [client] = celonis.access.oauthClients;
	const [appKey] = celonis.access.appKeys;
	n8n.credentials.saved.set('oauth', {
		teamUrl: celonis.url,
		clientId: client?.clientId ?? '',
		clientSecret: client?.clientSecret ?? '',
	});
	n8n.credentials.saved.set('key', {
		teamUrl: celonis.url,
		keyType: 'appKey',
		authKey: appKey?.key ?? '',
	});
	return { celonis, n8n };
}

/** Appends a record with this time and number, visible at once or from a later time on. */
export function addEvent(
	{ celonis }: Team,
	atMs: number,
	number: number | string,
	visibleFrom?: number,
): IDataObject {
	const record = {
		userId: `id-${number} (user${number}@example.com)`,
		userRole: 'ADMIN',
		event: 'PERMISSIONS_UPDATE',
		timestamp: new Date(atMs).toISOString(),
		message: { number },
		ipAddress: null,
		port: '443',
		diffPayload: null,
	};
	celonis.log.append(record, { visibleFrom: visibleFrom ?? atMs });
	return record;
}

/** The visible records of the log, oldest first. */
export function getVisibleRecords({ celonis }: Team): IDataObject[] {
	return celonis.log
		.getVisible(celonis.clock.now())
		.map(({ json }) => JSON.parse(json) as IDataObject);
}

/** The items of the Celonis node of a run, or its error. */
export function getOutcome(run: IRun) {
	const [task] = run.data.resultData.runData.Celonis ?? [];
	return { items: task?.data?.main?.[0] ?? [], error: task?.error };
}

/** The records of items: without the fields that the node adds. */
export function getRecords(items: ReadonlyArray<IDataObject>): IDataObject[] {
	return items.map(
		({ eventId: _id, team: _team, category: _category, actor: _actor, ...record }) => record,
	);
}

/** The numbers of events from `addEvent`. */
export function getNumbers(items: ReadonlyArray<IDataObject> | null): unknown[] {
	return (items ?? []).map(({ message }) => (message as IDataObject).number);
}

/** Grants the credentials all permissions, and all or these scopes. */
export function grantFullAccess(
	{ celonis, n8n }: Team,
	scope = fullAccessClient.scopes.join(' '),
): void {
	const { clientId, clientSecret } = fullAccessClient;
	const { key } = fullAccessAppKey;
	n8n.credentials.saved.set('oauth', { teamUrl: celonis.url, clientId, clientSecret, scope });
	n8n.credentials.saved.set('key', { teamUrl: celonis.url, keyType: 'appKey', authKey: key });
}

/** The log shows these records, readable or not, in every window: on the first page of each. */
export function showAlways({ celonis }: Team, ...records: unknown[]): void {
	celonis.faults.decide = ({ path, query }) =>
		path.includes('/audit') && !query.pageToken
			? {
					name: 'unreadable',
					type: 'transform',
					transform: (response) => {
						if (response.status !== 200) return response;
						const page = JSON.parse(response.body) as { content: unknown[] };
						page.content.splice(1, 0, ...records);
						return { ...response, body: JSON.stringify(page) };
					},
				}
			: undefined;
}
