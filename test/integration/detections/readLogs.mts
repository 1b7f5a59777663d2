import type { IDataObject } from 'n8n-workflow';
import { grantFullAccess, openTeam } from '../n8n/team.mts';
import { getJson, NOW_MS, runNode, toIso } from '../n8n/runNode.mts';
import { DAY_MS } from '../../support/durations.mts';

/** A log of a simulated team, and the resource of the Celonis node that reads it. */
export type LogName = 'audit' | 'login';

const RESOURCES: Readonly<Record<LogName, string>> = { audit: 'auditEvent', login: 'loginEvent' };

/** How far before the team's clock the oldest record may be. */
export const MAX_AGE_MS = 60 * DAY_MS;

/** Appends records to a log of a new team, and returns them as the Celonis node's items, oldest first. */
export async function readThroughNode(
	log: LogName,
	records: ReadonlyArray<Readonly<Record<string, unknown>>>,
): Promise<IDataObject[]> {
	// Some records have fields of a kind that the contract does not expect.
	const team = await openTeam({ contract: undefined });
	grantFullAccess(team);
	const target = log === 'audit' ? team.celonis.log : team.celonis.logins;
	for (const record of records) target.append(record);
	const { items, error } = await runNode(team, {
		resource: RESOURCES[log],
		returnAll: true,
		from: toIso(NOW_MS - MAX_AGE_MS),
		options: { sortOrder: 'asc' },
	});
	if (error) throw error;
	return getJson(items);
}
