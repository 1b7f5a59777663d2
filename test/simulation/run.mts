import type { Traffic } from './celonis/exchange.mts';
import { EventLog } from '../celonis/log.mts';
import { seededRandom } from '../celonis/random.mts';
import { execute } from './execute.mts';
import { History } from './history.mts';
import type { Activate } from './n8n/activation.mts';
import { Nemesis } from './n8n/nemesis.mts';
import { Poller } from './n8n/poller.mts';
import { Processes } from './n8n/processes.mts';
import { check, type Verdict } from './checker/checker.mts';
import type { Plan } from './plan/plan.mts';
import type { VirtualTime } from './time.mts';
import { Trace, type TraceLine } from './trace.mts';

/** What became of a run. */
export interface Result {
	readonly seed: number;
	readonly profile: string;
	readonly events: number;
	readonly polls: number;
	readonly requests: number;
	readonly faults: number;
	readonly verdict: Verdict;
	/** Whether the promise was kept. */
	readonly isKept: boolean;
}

/** A Celonis team, and a trigger that reaches it. */
export interface World {
	readonly time: VirtualTime;
	readonly activate: Activate;
	readonly traffic: Traffic;
	/** To be told before every scheduled poll. */
	readonly beforePoll: () => void;
	/** From now on nothing goes wrong any more. */
	readonly heal: () => void;
}

/** Gets the account of a run, line by line. */
export type Write = (line: TraceLine) => void;

/** Carries out a plan and judges what came of it. */
export async function runPlan(plan: Plan, world: World, write?: Write): Promise<Result> {
	const { time, traffic, activate, beforePoll } = world;
	const nemesis = new Nemesis(seededRandom(plan.seed + 2), plan.disruptions);
	const poller = new Poller(time, nemesis);
	const trace = new Trace(time, traffic, write);
	const history = new History();
	trace.say(`seed ${plan.seed}: ${plan.profile}; ${plan.emissions.length} events`);

	await execute(plan, {
		settings: plan.settings,
		intervalMs: plan.intervalMs,
		processes: new Processes(`seed-${plan.seed}`, plan.disruptions.instances),
		time,
		activate,
		nemesis,
		poller,
		history,
		trace,
		beforePoll,
		heal: () => {
			world.heal();
			nemesis.heal();
		},
	});

	const verdict = check(plan.emissions, history.entries, plan.startMs);
	const { lost, repeated, wrong } = verdict;
	for (const { content, atMs } of lost) trace.find(`LOST ${content}`, atMs);
	for (const { content, atMs } of repeated) trace.find(`REPEATED ${content}`, atMs);
	for (const { content, atMs } of wrong) trace.find(`WRONG ${content}`, atMs);
	return {
		seed: plan.seed,
		profile: plan.profile,
		events: plan.emissions.length,
		polls: poller.polls,
		requests: traffic.requests,
		faults: traffic.faults,
		verdict,
		isKept: lost.length + repeated.length + wrong.length === 0,
	};
}

/** The log that a plan's events make. */
export function createLog({ emissions, seed }: Plan): EventLog {
	const log = new EventLog(seed);
	for (const { json, visibleFromMs } of emissions) log.append(json, { visibleFrom: visibleFromMs });
	return log;
}
