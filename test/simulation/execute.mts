import { getLastingLagMs, isDateUnusable } from './plan/anomalies.mts';
import { computeDueTimes, type Plan } from './plan/plan.mts';
import { DurableEngine } from './n8n/durableEngine.mts';
import { InMemoryEngine } from './n8n/inMemoryEngine.mts';
import type { Engine } from './n8n/engine.mts';
import type { EngineContext } from './n8n/engineContext.mts';

/** What an execution needs, besides what its engine needs. */
export interface ExecutionContext extends EngineContext {
	/** Must be called before every scheduled poll. */
	readonly beforePoll: () => void;
	/** Switches the credential to a team. */
	readonly selectTeam: (team: number) => void;
	/** Ends all faults and disruptions. */
	readonly heal: () => void;
}

const IDLE_POLLS = 3;

/** A longer poll was ended by its time limit: nothing that it has found so far may be left over. */
const MAX_IDLE_POLL_MS = 20_000;

/** Activates the trigger, polls it through all planned faults and disruptions, and then until it has nothing more to deliver. */
export async function execute(plan: Plan, context: ExecutionContext): Promise<void> {
	const { time, nemesis, history } = context;
	const engine =
		plan.engine === 'durable' ? new DurableEngine(context) : new InMemoryEngine(context);
	const { teamOfPoll, otherTeams } = plan.anomalies;
	await engine.activate();

	const dueTimes = computeDueTimes(plan.beginMs, plan.intervalMs, plan.idleMs).slice(1);
	for (const [poll, dueMs] of dueTimes.entries()) {
		await time.wait(Math.max(1000, dueMs - time.server.now()));
		context.beforePoll();
		context.selectTeam(teamOfPoll[poll] ?? 0);
		if (nemesis.clockIsSet()) setClock(plan, context);
		if (nemesis.restarts()) await engine.restart();
		const settings = nemesis.newSettings(plan.otherSettings);
		if (settings) await engine.change(settings);
		await engine.tick();
	}

	context.heal();
	// A server that was set back is noticed only before its clock has caught up.
	if (plan.anomalies.setBack) await pollAllTeams(engine, plan, context);
	// In a busy log, a late event is delivered at the end of its lookback at the latest, by the slowest clock.
	const setBackMs = plan.anomalies.setBack?.byMs ?? 0;
	const behindMs = getLastingLagMs(plan.anomalies) + setBackMs + Math.max(0, -time.skewMs);
	const lookbackMs = Math.max(
		...[plan.settings, ...plan.otherSettings].map((settings) => settings.lookbackMs),
	);
	const emissions = [plan, ...otherTeams].flatMap((team) => team.emissions);
	const lastMs = Math.max(...emissions.map(({ visibleFromMs }) => visibleFromMs));
	await time.wait(Math.max(0, lastMs + lookbackMs + behindMs - time.server.now()));
	await pollAllTeams(engine, plan, context);
	history.record({ kind: 'end', atMs: time.server.now() });
}

/** Polls until nothing more is delivered, team by team. */
async function pollAllTeams(engine: Engine, plan: Plan, context: ExecutionContext): Promise<void> {
	for (let team = 0; team <= plan.anomalies.otherTeams.length; team++) {
		context.selectTeam(team);
		await pollUntilIdle(engine, plan, context);
	}
}

/** Sets n8n's clock, which decides if the server's clock is not known. */
function setClock({ anomalies }: Plan, { time, nemesis, history }: ExecutionContext): void {
	const skewMs = nemesis.skewMs();
	history.record({ kind: 'clockSet', atMs: time.server.now() });
	if (skewMs < time.skewMs && isDateUnusable(anomalies)) {
		history.record({ kind: 'setBack', atMs: time.server.now() });
	}
	time.skewMs = skewMs;
}

async function pollUntilIdle(
	engine: Engine,
	plan: Plan,
	{ time, history }: ExecutionContext,
): Promise<void> {
	const maxPolls = 200 + 2 * plan.emissions.length;
	let idlePolls = 0;
	for (let polls = 0; idlePolls < IDLE_POLLS; polls++) {
		if (polls > maxPolls) {
			const problem = 'the trigger never stops delivering or failing';
			history.record({ kind: 'violation', atMs: time.server.now(), problem });
			break;
		}
		await time.wait(Math.max(plan.intervalMs, 2000));
		const startedMs = time.server.now();
		const isIdle =
			(await engine.tick()) === 'nothing' && time.server.now() - startedMs < MAX_IDLE_POLL_MS;
		idlePolls = isIdle ? idlePolls + 1 : 0;
	}
}
