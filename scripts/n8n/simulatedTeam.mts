import { fullAccessAppKey, fullAccessClient } from '../../test/celonis/access.mts';
import { createCompanyTeam } from '../../test/celonis/company/team.mts';
import {
	createReportedOptions,
	describeLikeness,
	type ReportedTeam,
} from '../../test/celonis/like.mts';
import { TABLES_PATH } from '../../test/celonis/pages/tablesPage.mts';
import { startSimulator, type Simulator } from '../../test/celonis/simulator.mts';
import { printLine } from '../printLine.mts';
import { wrap } from './wrap.mts';
import type { DemoState } from './demoState.mts';
import { findFreePort } from './ports.mts';
import type { Team } from './team.mts';

const seed = 20_260;
const growth = { eventsPerMinute: 4, lateShare: 0.1, maxLatenessMs: 120_000 };
const MAX_HISTORY_MS = 3 * 24 * 60 * 60_000;

/**
 * A simulated team with more than a year of history, whose log keeps growing. After a restart it is the same
 * log, so that a trigger can continue where it stopped. With a report, it behaves like that team.
 */
export async function startSimulatedTeam(
	preferredPort: number,
	state: DemoState,
	like?: ReportedTeam,
): Promise<{ team: Team; simulator: Simulator }> {
	const oldest = Date.now() - MAX_HISTORY_MS;
	if (!(Date.parse(state.simulatedSince) > oldest)) state.simulatedSince = new Date().toISOString();
	const since = Date.parse(state.simulatedSince);

	const simulator = await startSimulator({
		seed,
		...createCompanyTeam(seed, since, { ...growth, ...like?.lateness }),
		...(like && createReportedOptions(like)),
		port: await findFreePort(preferredPort),
	});
	if (like) printLine(wrap(`The simulated team: ${describeLikeness(like)}`));
	return { team: createFullAccessTeam(simulator), simulator };
}

/** The team of a simulator with credentials for all APIs. */
export function createFullAccessTeam({ url, access }: Simulator): Team {
	const client = access.oauthClients.find(({ clientId }) => clientId === fullAccessClient.clientId);
	const { clientId, clientSecret, scopes } = client ?? fullAccessClient;
	return {
		url,
		oAuth2: { teamUrl: url, clientId, clientSecret, scope: scopes.join(' ') },
		key: { teamUrl: url, keyType: 'appKey', authKey: fullAccessAppKey.key },
		tablesUrl: url + TABLES_PATH,
	};
}

/** The team of a simulator with its first client and its first application key. */
export function createTeam({ url, access }: Simulator): Team {
	const client = access.oauthClients[0]!;
	const { clientId, clientSecret } = client;
	return {
		url,
		oAuth2: { teamUrl: url, clientId, clientSecret },
		key: { teamUrl: url, keyType: 'appKey', authKey: access.appKeys[0]!.key },
	};
}
