import { expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { parseTimestamp } from '../../nodes/Celonis/records/timestamp';
import type { Team } from '../../scripts/n8n/team.mts';
import { loadWorkflow, N8nHarness } from '../integration/n8n/n8nHarness.mts';
import { getOutcome } from '../integration/n8n/team.mts';
import { getSubject, type Area } from './subject.mts';

const { team, readable, filled } = getSubject();
const n8n = openN8n(team);
const authentication = team.oAuth2 ? 'oAuth2' : 'key';

/** The logs, as the node's parameters name them. */
export const LOGS = [
	{ area: 'v2', parameters: { resource: 'auditEvent', options: { apiVersion: 'v2' } } },
	{ area: 'v1', parameters: { resource: 'auditEvent', options: { apiVersion: 'v1' } } },
	{ area: 'logins', parameters: { resource: 'loginEvent', options: {} } },
] as const satisfies ReadonlyArray<{ area: Area; parameters: IDataObject }>;

/** The time of an event, epoch milliseconds, in whichever form its timestamp is. */
export const getTimeMs = ({ timestamp }: IDataObject): number => parseTimestamp(timestamp) ?? NaN;

export const toIso = (ms: number): string => new Date(ms).toISOString();

/** An n8n with a credential of a team. */
function openN8n({ oAuth2, key }: Team): N8nHarness {
	const harness = new N8nHarness();
	if (oAuth2) harness.credentials.saved.set('oauth', { ...oAuth2 });
	if (key) harness.credentials.saved.set('key', { ...key });
	return harness;
}

/** The error of the Celonis node with another credential for the team: its message and description. */
export async function fail(parameters: IDataObject, credential: Team = team): Promise<string> {
	const run = await openN8n(credential).run(
		loadWorkflow('list', { authentication, ...parameters }),
	);
	const { error } = getOutcome(run);
	return [error?.message, error?.description].join(' ');
}

/** Runs the Celonis node by n8n-core, and returns its items. An error fails the test. */
export async function read(parameters: IDataObject): Promise<IDataObject[]> {
	const run = await n8n.run(loadWorkflow('list', { authentication, ...parameters }));
	const { items, error } = getOutcome(run);
	// Not the whole error: it may show what a team contains.
	expect(error?.message).toBeUndefined();
	return items.map(({ json }) => json);
}

let workflows = 0;

/** Activates a workflow of its own with the Celonis Trigger, by n8n-core. */
export const activate = (parameters: IDataObject) =>
	n8n.activate({
		...loadWorkflow('trigger', { authentication, ...parameters }),
		id: `conformance-${++workflows}`,
	});

/** A test that needs to read some areas; skipped where the credential may not, or nothing is there. */
export function itReads(areas: readonly Area[], name: string, test: () => Promise<void>): void {
	const missing = areas.filter((area) => !readable.includes(area));
	const empty = areas.filter((area) => !filled.includes(area));
	if (missing.length > 0) it.skip(`${name} (not readable: ${missing.join(', ')})`, test);
	else if (empty.length > 0) it.skip(`${name} (too few records: ${empty.join(', ')})`, test);
	else it(name, test);
}

/** Names tests that write to the log, and run against the simulator only. */
export function skipWriting(names: readonly string[]): void {
	for (const name of names) it.skip(`${name} (only a simulator can be told to)`, () => undefined);
}
