import { dueTimes, type Plan } from './plan/plan.mts';
import { DurableEngine } from './n8n/durableEngine.mts';
import { InMemoryEngine } from './n8n/inMemoryEngine.mts';
import type { EngineContext } from './n8n/engineContext.mts';

/** What a run needs beside an engine. */
export interface ExecutionContext extends EngineContext {
	/** To be told before every scheduled poll. */
	readonly beforePoll: () => void;
	/** Ends all faults and disruptions. */
	readonly heal: () => void;
}

const QUIET_POLLS = 3;

/** Activates the trigger, polls it through everything that is planned, and lets it settle. */
export async function execute(plan: Plan, stage: ExecutionContext): Promise<void> {
	const { time, nemesis, history } = stage;
	const engine = plan.engine === 'durable' ? new DurableEngine(stage) : new InMemoryEngine(stage);
	await engine.activate();

	for (const dueMs of dueTimes(plan.beginMs, plan.intervalMs, plan.idleMs).slice(1)) {
		await time.wait(Math.max(1000, dueMs - time.server.now()));
		stage.beforePoll();
		if (nemesis.clockIsSet()) time.skewMs = nemesis.skewMs();
		if (nemesis.restarts()) await engine.restart();
		const settings = nemesis.newSettings(plan.otherSettings);
		if (settings) await engine.change(settings);
		await engine.tick();
	}

	stage.heal();
	// What shows up late in a busy log comes when its lookback has passed, at the latest.
	const lookbackMs = Math.max(
		...[plan.settings, ...plan.otherSettings].map((each) => each.lookbackMs),
	);
	const lastMs = Math.max(...plan.emissions.map(({ visibleFromMs }) => visibleFromMs));
	await time.wait(Math.max(0, lastMs + lookbackMs - time.server.now()));
	const mostPolls = 200 + 2 * plan.emissions.length;
	let quietPolls = 0;
	for (let polls = 0; quietPolls < QUIET_POLLS; polls++) {
		if (polls > mostPolls) {
			const problem = 'the trigger does not come to rest';
			history.record({ kind: 'broken', atMs: time.server.now(), problem });
			break;
		}
		await time.wait(Math.max(plan.intervalMs, 2000));
		quietPolls = (await engine.tick()) === 'nothing' ? quietPolls + 1 : 0;
	}
	history.record({ kind: 'end', atMs: time.server.now() });
}
