import { afterEach, expect } from '@jest/globals';
import type { IDataObject, IRun } from 'n8n-workflow';
import { wideAppKey, wideClient } from '../../celonis/access.mts';
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
 * Opens a team with an empty log and a clock that stands still, half a year off this machine's.
 * Every request and answer is held against the OpenAPI document. Closed after the test.
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

/** Appends a record with this moment and number, visible at once or from a later moment on. */
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

/** What the log shows now, as JSON, oldest first. */
export function visible({ celonis }: Team): IDataObject[] {
	return celonis.log
		.visibleAt(celonis.clock.now())
		.map(({ json }) => JSON.parse(json) as IDataObject);
}

/** The items that the Celonis node of a run gave, or the error that it ended with. */
export function getOutcome(run: IRun) {
	const [task] = run.data.resultData.runData.Celonis ?? [];
	return { items: task?.data?.main?.[0] ?? [], error: task?.error };
}

/** The records inside of items: without what the node adds. */
export function getRecords(items: ReadonlyArray<IDataObject>): IDataObject[] {
	return items.map(({ eventId: _id, category: _category, actor: _actor, ...record }) => record);
}

/** Numbers of the events made by `addEvent`. */
export function getNumbers(items: ReadonlyArray<IDataObject> | null): unknown[] {
	return (items ?? []).map(({ message }) => (message as IDataObject).number);
}

/** Gives the credentials all scopes and permissions that there are, or these scopes. */
export function widen({ celonis, n8n }: Team, scope = wideClient.scopes.join(' ')): void {
	const { clientId, clientSecret } = wideClient;
	const { key } = wideAppKey;
	n8n.credentials.saved.set('oauth', { teamUrl: celonis.url, clientId, clientSecret, scope });
	n8n.credentials.saved.set('key', { teamUrl: celonis.url, keyType: 'appKey', authKey: key });
}
