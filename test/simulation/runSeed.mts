import { seededRandom } from '../celonis/random.mts';
import { createExchange, type Traffic } from './celonis/exchange.mts';
import { openTeamInMemory } from './celonis/team.mts';
import { NetworkFaults } from './celonis/networkFaults.mts';
import { realParts, type NodeParts } from './n8n/node.mts';
import { nodeInMemory } from './n8n/nodeInMemory.mts';
import { drawPlan } from './plan/drawPlan.mts';
import { createLog, runPlan, type Result, type Write } from './run.mts';
import { VirtualTime } from './time.mts';
import type { SourceName } from './trigger';

/** What a wrong part may look at. */
export interface Clocks {
	readonly hostNow: () => number;
	readonly serverNow: () => number;
}

/** A trigger with one part replaced by a wrong one. */
export type Bug = (parts: NodeParts, clocks: Clocks) => NodeParts;

export interface RunOptions {
	/** The log that is polled; the audit log where nothing is said. */
	readonly sourceName?: SourceName;
	readonly bug?: Bug;
	readonly write?: Write;
}

/** Runs what a seed stands for, in memory and in virtual time, and judges it. */
export async function runSeed(
	seed: number,
	{ sourceName, bug, write }: RunOptions = {},
): Promise<Result> {
	const plan = drawPlan(seed, 'inMemory', sourceName);
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	const team = openTeamInMemory(createLog(plan), time.server, seed, plan.server);
	const network = new NetworkFaults(seededRandom(seed + 1), plan.network);
	const traffic: Traffic = { requests: 0, faults: 0, ...(write && { lines: [] }) };
	const exchange = createExchange(team, time, network, plan.server, traffic);
	const clocks = { hostNow: time.hostNow, serverNow: time.server.now };
	const parts = bug ? bug(realParts, clocks) : realParts;
	return await runPlan(
		plan,
		{
			time,
			activate: nodeInMemory(parts, plan, exchange, time, seededRandom(seed + 3)),
			traffic,
			beforePoll: () => network.beforePoll(time.server.now()),
			heal: () => {
				network.heal();
				team.behaviour.rateLimit = undefined;
				team.behaviour.pageTimeMs = 0;
			},
		},
		write,
	);
}
