import type { ActiveTrigger, Engine } from './engine.mts';
import type { Job, Polls, TriggerFigures } from './job.mts';
import { ask } from './parent.mts';
import { triggerWorkflow } from './workflows.mts';

const QUIET_POLLS = 5;

/** Lets the trigger of an activated workflow catch up with a backlog, then sit through what follows. */
export async function pollAll(
	engine: Engine,
	{ window, ...job }: Extract<Job, { kind: 'trigger' }>,
): Promise<TriggerFigures> {
	const trigger = engine.activate(triggerWorkflow(window));
	const backlog = await pollsOf(trigger, ({ events }) => events >= window.events);
	await settle(trigger);
	const quiet = await pollsOf(trigger, ({ polls }) => polls >= QUIET_POLLS);
	const added = await ask({ ask: 'burst', events: job.burst });
	const burst = await pollsOf(trigger, ({ events }) => events >= added);
	const quietAfterBurst = await pollsOf(trigger, ({ polls }) => polls >= QUIET_POLLS);
	return { backlog, quiet, burst, quietAfterBurst };
}

/** Polls a minute apart by the clock of the log, which is the one that the trigger goes by. */
async function pollsOf(
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
		if (idle > MOST_IDLE_POLLS) throw new Error(`The trigger stopped after ${events} events`);
	} while (!isDone({ polls, events }));
	const requests = (await ask({ ask: 'requests' })) - requestsBefore;
	return { polls, ms, requests, events, stateBytes: Buffer.byteLength(trigger.state()) };
}

/** The log went on without events after those of the backlog: polls until they cost the same. */
async function settle(trigger: ActiveTrigger): Promise<void> {
	for (let before = NaN, polls = 0; polls < MOST_IDLE_POLLS; polls++) {
		const { requests } = await pollsOf(trigger, () => true);
		if (requests === before) return;
		before = requests;
	}
}

/** A poll that delivers nothing makes progress too, but not without end. */
const MOST_IDLE_POLLS = 20;
