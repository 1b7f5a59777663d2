import { seededRandom } from '../celonis/random.mts';
import { createExchange, type Traffic } from './celonis/exchange.mts';
import { openTeamInMemory } from './celonis/team.mts';
import { NetworkFaults } from './celonis/networkFaults.mts';
import { rightPorts, type PortFactory } from './n8n/ports.mts';
import { nodeInMemory } from './n8n/nodeInMemory.mts';
import { drawPlan } from './plan/drawPlan.mts';
import { createLog, runPlan, type Result, type Write } from './run.mts';
import { VirtualTime } from './time.mts';
import type { SourceName } from '../../nodes/Celonis/sources';

/** What a wrong part may look at. */
export interface Clocks {
	readonly hostNow: () => number;
	readonly serverNow: () => number;
}

/** A trigger with one part replaced by a wrong one. */
export type Bug = (factory: PortFactory, clocks: Clocks) => PortFactory;

export interface RunOptions {
	/** The log that is polled; the audit log by default. */
	readonly sourceName?: SourceName;
	readonly bug?: Bug;
	/** Whether making the items of a poll fails now and then. */
	readonly itemFaults?: boolean;
	readonly write?: Write;
}

/** The share of polls whose items can't be made. */
const ITEM_FAULT_RATE = 0.15;

/** Runs what a seed stands for, in memory and in virtual time, and checks the result. */
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
	const clocks = { hostNow: time.hostNow, serverNow: time.server.now };
	const itemRandom = seededRandom(seed + 4);
	let isHealed = false;
	const failsToDeliver = () =>
		itemFaults === true && !isHealed && itemRandom.chance(ITEM_FAULT_RATE);
	const factory = bug ? bug(rightPorts, clocks) : rightPorts;
	return await runPlan(
		plan,
		{
			time,
			activate: nodeInMemory(factory, plan, exchange, time, seededRandom(seed + 3), failsToDeliver),
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
