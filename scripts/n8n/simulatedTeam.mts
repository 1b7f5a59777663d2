import { wideAppKey, wideClient } from '../../test/celonis/access.mts';
import { tablesPath } from '../../test/celonis/dataPush/tablesPage.mts';
import { startSimulator, type Simulator } from '../../test/celonis/simulator.mts';
import { teamLog } from '../../test/celonis/teamLog.mts';
import type { DemoState } from './demoState.mts';
import { freePort } from './ports.mts';
import type { Team } from './team.mts';

const seed = 20_260;
const past = { events: 500, days: 2 };
const growth = { eventsPerMinute: 12, lateShare: 0.1, maxLatenessMs: 120_000 };
const longestMemoryMs = 3 * 24 * 60 * 60_000;

/**
 * A made-up team with two days of history, whose log grows while one watches. After a restart it is the
 * same log: a trigger that goes on where it stopped finds what it knows.
 */
export async function startSimulatedTeam(
	preferredPort: number,
	state: DemoState,
): Promise<{ team: Team; simulator: Simulator }> {
	const oldest = Date.now() - longestMemoryMs;
	if (!(Date.parse(state.simulatedSince) > oldest)) state.simulatedSince = new Date().toISOString();
	const since = Date.parse(state.simulatedSince);

	const log = teamLog({ backlog: past, growth }, seed, since);
	const logins = { filling: { backlog: past, growth } };
	const simulator = await startSimulator({
		seed,
		log,
		logins,
		port: await freePort(preferredPort),
	});
	return { team: wideTeamOf(simulator), simulator };
}

/** How to sign in to a simulator as those who may push rows and read the neighbours as well. */
export function wideTeamOf({ url }: Simulator): Team {
	const { clientId, clientSecret, scopes } = wideClient;
	return {
		url,
		oAuth2: { teamUrl: url, clientId, clientSecret, scope: scopes.join(' ') },
		key: { teamUrl: url, keyType: 'appKey', authKey: wideAppKey.key },
		tablesUrl: url + tablesPath,
	};
}

/** How to sign in to a simulator: its first client and its first application key. */
export function teamOf({ url, access }: Simulator): Team {
	const client = access.oauthClients[0]!;
	const { clientId, clientSecret } = client;
	return {
		url,
		oAuth2: { teamUrl: url, clientId, clientSecret },
		key: { teamUrl: url, keyType: 'appKey', authKey: access.appKeys[0]!.key },
	};
}
