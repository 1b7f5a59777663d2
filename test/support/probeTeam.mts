import { fullAccessClient } from '../celonis/access.mts';
import type { Clock } from '../celonis/clock.mts';
import type { Simulator } from '../celonis/simulator.mts';
import type { Team } from '../../scripts/n8n/team.mts';
import type { ProbeClock } from '../../scripts/probe/client.mts';
import { probe, type ProbeOptions } from '../../scripts/probe/probe.mts';
import type { ProbeReport } from '../../scripts/probe/report.mts';

/** A simulated team with the client that may read everything. */
export function toClientTeam({ url }: Simulator): Team {
	const { clientId, clientSecret } = fullAccessClient;
	return { url, oAuth2: { teamUrl: url, clientId, clientSecret } };
}

/** A clock that is behind the team's by an offset, and moves it instead of waiting. */
export function createProbeClock(clock: Clock, offsetMs = 0): ProbeClock {
	return {
		now: () => clock.now() - offsetMs,
		sleep: async (ms) => clock.advance(ms),
	};
}

/** Probes a simulated team without waiting. */
export async function probeSimulator(
	simulator: Simulator,
	options: Partial<ProbeOptions> & { readonly offsetMs?: number } = {},
): Promise<ProbeReport> {
	const { offsetMs, ...others } = options;
	return await probe({
		team: toClientTeam(simulator),
		clock: createProbeClock(simulator.clock, offsetMs),
		signal: new AbortController().signal,
		watchMinutes: 0,
		onError: (error) => {
			throw error;
		},
		...others,
	});
}
