import { seededRandom } from '../celonis/random.mts';
import { createExchange, type Traffic } from './celonis/exchange.mts';
import { openTeamInMemory } from './celonis/team.mts';
import { NetworkFaults } from './celonis/networkFaults.mts';
import { realPorts, type PortFactory } from './n8n/ports.mts';
import { createInMemoryTrigger } from './n8n/inMemoryTrigger.mts';
import { drawPlan } from './plan/drawPlan.mts';
import { createLog, runPlan, type Result } from './run.mts';
import { VirtualTime } from './time.mts';
import type { TraceWriter } from './trace.mts';
import type { SourceName } from '../../nodes/Celonis/sources';

/** The clocks that a deliberate bug may read. */
export interface Clocks {
	readonly hostNow: () => number;
	readonly serverNow: () => number;
}

/** Replaces one part of the trigger by a wrong one. */
export type Bug = (factory: PortFactory, clocks: Clocks) => PortFactory;

export interface RunOptions {
	/** The log that is polled; the audit log by default. */
	readonly sourceName?: SourceName;
	readonly bug?: Bug;
	/** Whether making the items of a poll fails now and then. */
	readonly itemFaults?: boolean;
	readonly write?: TraceWriter;
}

/** The share of polls that fail to make their items. */
const ITEM_FAULT_RATE = 0.15;

/** Runs the plan of a seed in memory and in virtual time, and checks its history. */
export async function runSeed(
	seed: number,
	{ sourceName, bug, itemFaults, write }: RunOptions = {},
): Promise<Result> {
	const plan = drawPlan(seed, 'inMemory', sourceName);
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	const team = openTeamInMemory(createLog(plan), time.server, seed, plan.server);
	const network = new NetworkFaults(seededRandom(seed + 1), plan.network);
	const traffic: Traffic = { requests: 0, faults: 0, ...(write && { lines: [] }) };
	const exchange = createExchange(team, time, network, plan.server, traffic);
	const itemRandom = seededRandom(seed + 4);
	let isHealed = false;
	const activate = createInMemoryTrigger({
		factory: bug
			? bug(realPorts, { hostNow: time.hostNow, serverNow: time.server.now })
			: realPorts,
		plan,
		exchange,
		time,
		retryRandom: seededRandom(seed + 3),
		failsToDeliver: () => itemFaults === true && !isHealed && itemRandom.chance(ITEM_FAULT_RATE),
	});
	return await runPlan(
		plan,
		{
			time,
			activate,
			traffic,
			beforePoll: () => network.beforePoll(time.server.now()),
			heal: () => {
				isHealed = true;
				network.heal();
				team.behaviour.rateLimit = undefined;
				team.behaviour.pageTimeMs = 0;
			},
		},
		write,
	);
}
