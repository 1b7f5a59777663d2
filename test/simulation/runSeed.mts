import { seededRandom } from '../celonis/random.mts';
import { createExchange, type Internet } from './celonis/exchange.mts';
import { NetworkFaults } from './celonis/networkFaults.mts';
import { OddResponses } from './celonis/oddResponses.mts';
import { createPageChange } from './celonis/recordForms.mts';
import { createServerClock } from './celonis/serverClock.mts';
import { openTeamInMemory } from './celonis/team.mts';
import type { LatenessWarning } from './checker/warnings.mts';
import { realPorts, type PortFactory } from './n8n/ports.mts';
import { createInMemoryTrigger } from './n8n/inMemoryTrigger.mts';
import { drawPlan } from './plan/drawPlan.mts';
import type { ReportedServer } from './plan/reportedServer.mts';
import { toBehaviour } from './plan/serverTraits.mts';
import { TEAM_HOST, type Plan } from './plan/plan.mts';
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
	/** The server of a report, in place of the drawn one. */
	readonly reported?: ReportedServer;
	readonly write?: TraceWriter;
}

/** The share of polls that fail to make their items. */
const ITEM_FAULT_RATE = 0.15;

/** Runs the plan of a seed in memory and in virtual time, and checks its history. */
export async function runSeed(
	seed: number,
	{ sourceName, bug, itemFaults, reported, write }: RunOptions = {},
): Promise<Result> {
	const plan = drawPlan(seed, 'inMemory', sourceName, reported);
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	const internet = createInternet(plan, time, write !== undefined);
	const { network, oddResponses, traffic } = internet;
	const teams = [{ host: TEAM_HOST, emissions: plan.emissions }, ...plan.anomalies.otherTeams].map(
		({ host, emissions }) => {
			const log = createLog(emissions, seed);
			const behaviour = {
				...plan.server.behaviour,
				...plan.anomalies.responses.behaviour,
				...toBehaviour(plan.anomalies.server),
				...reported?.behaviour,
			};
			const team = openTeamInMemory(log, time.server, seed, { ...plan.server, behaviour });
			return { host, team, exchange: createExchange(team, internet) };
		},
	);
	let selected = 0;
	const getTeam = () => teams[selected]!;
	const itemRandom = seededRandom(seed + 4);
	let isHealed = false;
	const warnings: LatenessWarning[] = [];
	const activate = createInMemoryTrigger({
		factory: bug
			? bug(realPorts, { hostNow: time.hostNow, serverNow: time.server.now })
			: realPorts,
		plan,
		getTeam,
		time,
		retryRandom: seededRandom(seed + 3),
		onLateness: (warning) => warnings.push({ ...warning, atMs: time.server.now() }),
		failsToDeliver: () => itemFaults === true && !isHealed && itemRandom.chance(ITEM_FAULT_RATE),
	});
	return await runPlan(
		plan,
		{
			time,
			activate,
			warnings,
			traffic,
			beforePoll: () => {
				network.beforePoll(time.server.now());
				oddResponses.beforePoll();
			},
			beforeActivation: () => oddResponses.beforeActivation(),
			selectTeam: (team) => {
				selected = team;
			},
			getTeam: () => getTeam().host,
			heal: () => {
				isHealed = true;
				network.heal();
				oddResponses.heal();
				for (const { team } of teams) {
					team.behaviour.rateLimit = undefined;
					team.behaviour.pageTimeMs = 0;
				}
			},
		},
		write,
	);
}

function createInternet(plan: Plan, time: VirtualTime, isTraced: boolean): Internet {
	const { seed, server, anomalies } = plan;
	const { records } = anomalies;
	const forms = seededRandom(seed + 9);
	return {
		time,
		plan: server,
		largeAnswers: anomalies.server.largeAnswers,
		network: new NetworkFaults(seededRandom(seed + 1), plan.network),
		oddResponses: new OddResponses(seededRandom(seed + 7), anomalies.responses),
		serverClock: createServerClock(anomalies, seededRandom(seed + 8)),
		changePage: {
			v2: createPageChange(records, server.omitsNulls, forms),
			others: createPageChange(records, false, forms),
		},
		traffic: { requests: 0, faults: 0, ...(isTraced && { lines: [] }) },
	};
}
