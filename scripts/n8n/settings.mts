import { join, resolve } from 'node:path';
import { cacheFolder } from './paths.mts';
import { SetupError } from './setupError.mts';
import { readTeamFromEnvironment, readVariable, type Team } from './team.mts';

/** What the environment sets for `npm start`. */
export interface StartSettings {
	/** The port of n8n. */
	port: number;
	/** The folder of n8n's data. */
	userFolder: string;
	/** `undefined`: the simulated team. */
	team: Team | undefined;
	/** The report of `npm run probe` that the simulated team behaves like. */
	reportFile?: string;
}

const DEFAULT_PORT = 5678;
/** The simulator prefers the port two above. */
const MAX_PORT = 65_533;

/** Reads the settings; a `SetupError` if one is invalid. Each port has a folder of its own. */
export function readStartSettings(env: NodeJS.ProcessEnv): StartSettings {
	const port = parsePort(readVariable(env, 'N8N_PORT'));
	const folder = port === DEFAULT_PORT ? 'n8n-home' : `n8n-home-${port}`;
	const team = readTeamFromEnvironment(env);
	const reportFile = readVariable(env, 'CELONIS_SIMULATE_LIKE');
	if (team && reportFile !== undefined) {
		throw new SetupError(
			'CELONIS_SIMULATE_LIKE is for the simulated team, and CELONIS_TEAM_URL names a real one. Unset one of them.',
		);
	}
	return {
		port,
		userFolder: resolve(readVariable(env, 'N8N_DEMO_HOME') ?? join(cacheFolder, folder)),
		team,
		...(reportFile !== undefined && { reportFile: resolve(reportFile) }),
	};
}

function parsePort(text: string | undefined): number {
	if (text === undefined) return DEFAULT_PORT;
	const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
	if (port >= 1 && port <= MAX_PORT) return port;
	throw new SetupError(`N8N_PORT is not a port number from 1 to ${MAX_PORT}: ${text}.`);
}
