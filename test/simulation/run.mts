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
import { checkWarnings, type LatenessWarning } from './checker/warnings.mts';
import { getLastingLagMs, mayDateBeAhead } from './plan/anomalies.mts';
import type { Emission } from './plan/emissions.mts';
import { TEAM_HOST, type Plan } from './plan/plan.mts';
import type { VirtualTime } from './time.mts';
import { Trace, type TraceWriter } from './trace.mts';

/** The result of a run. */
export interface Result {
	readonly seed: number;
	readonly profile: string;
	readonly events: number;
	readonly polls: number;
	readonly requests: number;
	readonly faults: number;
	readonly verdict: Verdict;
	/** How often the trigger warned that events appear late. */
	readonly warnings: number;
	/** Whether nothing was lost, repeated or wrong. */
	readonly hasPassed: boolean;
}

/** What a plan runs in: a Celonis team, and a trigger that reaches it. */
export interface Environment {
	readonly time: VirtualTime;
	readonly activate: Activate;
	readonly traffic: Traffic;
	/** The warnings so far that events appear late, where they are recorded. */
	readonly warnings?: readonly LatenessWarning[];
	/** Must be called before every scheduled poll. */
	readonly beforePoll: () => void;
	/** Must be called when n8n is about to activate the trigger, other than for new settings. */
	readonly beforeActivation: () => void;
	/** Switches the credential to a team. */
	readonly selectTeam: (team: number) => void;
	/** The host of the team that the credential names. */
	readonly getTeam: () => string;
	/** Ends all faults for the rest of the run. */
	readonly heal: () => void;
}

/** Executes a plan and checks its history. */
export async function runPlan(
	plan: Plan,
	environment: Environment,
	write?: TraceWriter,
): Promise<Result> {
	const { time, traffic, warnings = [], heal: healEnvironment, ...others } = environment;
	const nemesis = new Nemesis(
		seededRandom(plan.seed + 2),
		plan.disruptions,
		mayDateBeAhead(plan.anomalies),
	);
	const poller = new Poller(time, nemesis);
	const trace = new Trace(time, traffic, write);
	const history = new History();
	trace.log(`seed ${plan.seed}: ${plan.profile}; ${plan.emissions.length} events`);

	await execute(plan, {
		...others,
		settings: plan.settings,
		intervalMs: plan.intervalMs,
		processes: new Processes(`seed-${plan.seed}`, plan.disruptions.instances),
		time,
		nemesis,
		poller,
		history,
		trace,
		heal: () => {
			healEnvironment();
			nemesis.heal();
		},
	});

	const { otherTeams, setBack, date } = plan.anomalies;
	const logs = [{ host: TEAM_HOST, emissions: plan.emissions }, ...otherTeams];
	const checked = check(logs, history.entries, {
		startMs: plan.startMs,
		setBack,
		dateBehindMs: date?.form === 'shifted' ? Math.max(0, -date.offsetMs) : 0,
		isDateAlwaysBehind: getLastingLagMs(plan.anomalies) > 0,
		mayLackDate: date !== undefined && date.form !== 'shifted',
	});
	const falseWarnings = areClocksRight(plan) ? checkWarnings(warnings, logs) : [];
	const verdict = { ...checked, wrong: [...checked.wrong, ...falseWarnings] };
	const { lost, repeated, wrong } = verdict;
	for (const { content, atMs } of lost) trace.reportFinding(`LOST ${content}`, atMs);
	for (const { content, atMs } of repeated) trace.reportFinding(`REPEATED ${content}`, atMs);
	for (const { content, atMs } of wrong) trace.reportFinding(`WRONG ${content}`, atMs);
	return {
		seed: plan.seed,
		profile: plan.profile,
		events: plan.emissions.length,
		polls: poller.polls,
		requests: traffic.requests,
		faults: traffic.faults,
		verdict,
		warnings: warnings.length,
		hasPassed: lost.length + repeated.length + wrong.length === 0,
	};
}

/** Whether times can be compared: what a wrong clock makes of lateness, nobody promises. */
const areClocksRight = ({ anomalies: { date, setBack } }: Plan): boolean =>
	date === undefined && setBack === undefined;

/** A log with events. */
export function createLog(emissions: readonly Emission[], seed: number): EventLog {
	const log = new EventLog(seed);
	const arrivals = emissions.map(({ json, timestampMs, visibleFromMs }) => ({
		json,
		timestamp: timestampMs,
		visibleFrom: visibleFromMs,
	}));
	// Added as arrivals, because the timestamp of a record may be unreadable.
	log.addGrowthSource(() => arrivals.splice(0));
	return log;
}
