import type { IDataObject } from 'n8n-workflow';
import { loadWorkflow, type ParameterChanges } from './n8nHarness.mts';
import { getOutcome, type Team } from './team.mts';

/** The time at which the clock of a team stands still. */
export const NOW_MS = Date.parse('2026-06-01T08:00:00Z');

export const toIso = (epochMs: number) => new Date(epochMs).toISOString();

/** Runs a workflow with the Celonis node, and returns the node's items and error. */
export async function runNode({ n8n }: Team, parameters: ParameterChanges, items?: IDataObject[]) {
	return getOutcome(await n8n.run(loadWorkflow('list', parameters), items));
}

export const getJson = (items: ReadonlyArray<{ json: IDataObject }>) =>
	items.map(({ json }) => json);
