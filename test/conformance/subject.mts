import type { Team } from '../../scripts/n8n/team.mts';

/** What of a team can be read. Names of skipped tests say what cannot. */
export const AREAS = ['v2', 'v1', 'logins', 'members', 'permissions'] as const;

export type Area = (typeof AREAS)[number];

/** The team that is tested, as the setup hands it to the tests. */
export interface Subject {
	readonly team: Team;
	readonly readable: readonly Area[];
	/** Areas with enough events for the tests. */
	readonly filled: readonly Area[];
	/** Epoch milliseconds: the tests read what happened before, so that nothing changes meanwhile. */
	readonly settledMs: number;
}

/** The environment variable that hands the subject over to the processes of the tests. */
export const VARIABLE = 'N8N_NODES_CELONIS_SUBJECT';

/** The subject of this run. */
export function getSubject(): Subject {
	const text = process.env[VARIABLE];
	if (text === undefined) throw new Error('The setup of the conformance tests has not run.');
	return JSON.parse(text) as Subject;
}
