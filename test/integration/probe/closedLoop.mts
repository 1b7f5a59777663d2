import type { ProbeReport } from '../../../scripts/probe/report.mts';
import { behaveLike } from '../../celonis/like.mts';
import { startSimulator, type SimulatorOptions } from '../../celonis/simulator.mts';
import { probeSimulator } from '../../support/probeTeam.mts';
import { createTeamOptions, drawTeam } from './drawTeam.mts';

/** So many that each fact is reached, however odd a team is. */
const ENOUGH_REQUESTS = 150;

/** The reports on a drawn team, and on a simulator that behaves like the first report. */
export async function closeLoop(seed: number): Promise<{
	readonly first: ProbeReport;
	readonly second: ProbeReport;
	readonly unsimulated: readonly string[];
}> {
	const { behaviour, access, offsetMs } = drawTeam(seed);
	const first = await probeOnce({ ...createTeamOptions(offsetMs), ...access, behaviour }, offsetMs);
	const like = behaveLike(first);
	const second = await probeOnce(
		{ ...createTeamOptions(like.clockOffsetMs), ...like.access, behaviour: like.behaviour },
		like.clockOffsetMs,
	);
	return { first, second, unsimulated: like.unsimulated };
}

async function probeOnce(options: SimulatorOptions, offsetMs: number): Promise<ProbeReport> {
	const simulator = await startSimulator(options);
	try {
		return await probeSimulator(simulator, { offsetMs, maxRequests: ENOUGH_REQUESTS });
	} finally {
		await simulator.close();
	}
}
