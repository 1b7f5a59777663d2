import { computeDueTimes, type Plan } from './plan/plan.mts';
import { DurableEngine } from './n8n/durableEngine.mts';
import { InMemoryEngine } from './n8n/inMemoryEngine.mts';
import type { EngineContext } from './n8n/engineContext.mts';

/** What an execution needs, besides what its engine needs. */
export interface ExecutionContext extends EngineContext {
	/** Must be called before every scheduled poll. */
	readonly beforePoll: () => void;
	/** Ends all faults and disruptions. */
	readonly heal: () => void;
}

const IDLE_POLLS = 3;

/** Activates the trigger, polls it through all planned faults and disruptions, and then until it has nothing more to deliver. */
export async function execute(plan: Plan, context: ExecutionContext): Promise<void> {
	const { time, nemesis, history } = context;
	const engine =
		plan.engine === 'durable' ? new DurableEngine(context) : new InMemoryEngine(context);
	await engine.activate();

	for (const dueMs of computeDueTimes(plan.beginMs, plan.intervalMs, plan.idleMs).slice(1)) {
		await time.wait(Math.max(1000, dueMs - time.server.now()));
		context.beforePoll();
		if (nemesis.clockIsSet()) time.skewMs = nemesis.skewMs();
		if (nemesis.restarts()) await engine.restart();
		const settings = nemesis.newSettings(plan.otherSettings);
		if (settings) await engine.change(settings);
		await engine.tick();
	}

	context.heal();
	// In a busy log, a late event is delivered at the end of its lookback at the latest.
	const lookbackMs = Math.max(
		...[plan.settings, ...plan.otherSettings].map((settings) => settings.lookbackMs),
	);
	const lastMs = Math.max(...plan.emissions.map(({ visibleFromMs }) => visibleFromMs));
	await time.wait(Math.max(0, lastMs + lookbackMs - time.server.now()));
	const maxPolls = 200 + 2 * plan.emissions.length;
	let idlePolls = 0;
	for (let polls = 0; idlePolls < IDLE_POLLS; polls++) {
		if (polls > maxPolls) {
			const problem = 'the trigger never stops delivering or failing';
			history.record({ kind: 'violation', atMs: time.server.now(), problem });
			break;
		}
		await time.wait(Math.max(plan.intervalMs, 2000));
		idlePolls = (await engine.tick()) === 'nothing' ? idlePolls + 1 : 0;
	}
	history.record({ kind: 'end', atMs: time.server.now() });
}
