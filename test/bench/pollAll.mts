import type { ActiveTrigger, Engine } from './engine.mts';
import type { Job, Polls, TriggerFigures } from './job.mts';
import { ask } from './askParent.mts';
import { createTriggerWorkflow } from './workflows.mts';

const QUIET_POLLS = 5;

/** Polls the trigger of an active workflow through a backlog, a quiet log, a burst and a quiet log. */
export async function pollAll(
	engine: Engine,
	{ window, ...job }: Extract<Job, { kind: 'trigger' }>,
): Promise<TriggerFigures> {
	const trigger = engine.activate(createTriggerWorkflow(window));
	const backlog = await measurePolls(trigger, ({ events }) => events >= window.events);
	await pollUntilSteady(trigger);
	const quiet = await measurePolls(trigger, ({ polls }) => polls >= QUIET_POLLS);
	const added = await ask({ ask: 'burst', events: job.burst });
	const burst = await measurePolls(trigger, ({ events }) => events >= added);
	const quietAfterBurst = await measurePolls(trigger, ({ polls }) => polls >= QUIET_POLLS);
	return { backlog, quiet, burst, quietAfterBurst };
}

/** Polls at intervals of a minute by the clock of the log, which the trigger uses. */
async function measurePolls(
	trigger: ActiveTrigger,
	isDone: (so: Pick<Polls, 'polls' | 'events'>) => boolean,
): Promise<Polls> {
	const requestsBefore = await ask({ ask: 'requests' });
	let polls = 0;
	let events = 0;
	let idle = 0;
	let ms = 0;
	do {
		await ask({ ask: 'minute' });
		const startedAt = performance.now();
		const delivered = await trigger.poll();
		ms += performance.now() - startedAt;
		polls++;
		events += delivered;
		idle = delivered > 0 ? 0 : idle + 1;
		if (idle > MAX_IDLE_POLLS) throw new Error(`The trigger stopped after ${events} events`);
	} while (!isDone({ polls, events }));
	const requests = (await ask({ ask: 'requests' })) - requestsBefore;
	return { polls, ms, requests, events, stateBytes: Buffer.byteLength(trigger.state()) };
}

/** The log is quiet after the backlog: polls until their cost is steady. */
async function pollUntilSteady(trigger: ActiveTrigger): Promise<void> {
	for (let before = NaN, polls = 0; polls < MAX_IDLE_POLLS; polls++) {
		const { requests } = await measurePolls(trigger, () => true);
		if (requests === before) return;
		before = requests;
	}
}

/** A poll that delivers nothing makes progress too, but only a limited number of times. */
const MAX_IDLE_POLLS = 20;
