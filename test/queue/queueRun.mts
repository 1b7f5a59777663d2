import { setTimeout as delay } from 'node:timers/promises';
import { teamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import type { AuditLog } from '../celonis/log.mts';
import { seededRandom } from '../celonis/random.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { teamLog } from '../celonis/teamLog.mts';
import { reconcile, type Reconciliation } from '../support/reconcile.mts';
import { grow, pollsAfter } from '../crash/growingLog.mts';
import type { Json } from '../e2e/support/executions.mts';
import { recordOf } from '../e2e/support/records.mts';
import { publish, saveCredentials, saveWorkflow } from '../e2e/support/workflows.mts';
import { busyWorker } from './busyWorker.mts';
import { startCluster, type Cluster } from './cluster.mts';
import type { Options } from './options.mts';
import type { Postgres } from './postgres.mts';
import { startReceiver, type Receiver } from './receiver.mts';
import { keepStarts, startsReader, type StartedExecution } from './started.mts';
import { forwardingWorkflow } from './workflow.mts';

export interface Outcome {
	/** How long the log grew, and how long until all of it had started executions. */
	readonly loadSeconds: number;
	readonly deliveredSeconds: number;
	/** What the trigger started executions with. */
	readonly started: Reconciliation;
	readonly executions: number;
	/** How many events the largest execution was started with. */
	readonly largest: number;
	/** Executions that a killed worker was working on, and the events that they were started with. */
	readonly interrupted: readonly StartedExecution[];
	/** What the workflow's executions sent on. */
	readonly received: Reconciliation;
	/** The same after the interrupted executions were retried in n8n. */
	readonly receivedAfterRetry: Reconciliation;
	/** Events that did not arrive although the execution that had them was not interrupted. */
	readonly missingElsewhere: number;
	/** How n8n says that executions ended, with their number. */
	readonly statuses: Readonly<Record<string, number>>;
}

const minute = 60_000;

/** An event may show up so late that it is found when its interval of time is read again. */
const lateness = { lateShare: 0.05, maxLatenessMs: 30_000 };
const lookbackMinutes = 10;

/** How long an answer takes, of Celonis and of the receiver. */
const celonisLatencyMs = 40;
const receiverLatencyMs = 250;

/** Lets an n8n in queue mode deliver a log that grows, kills workers meanwhile, and says what came of it. */
export async function queueRun(
	settings: Record<string, string>,
	options: Options,
	say: (text: string) => void,
): Promise<Outcome> {
	const log = teamLog({ backlog: { events: 300, days: 1 } }, options.seed, Date.now());
	const before = new Set(log.visibleAt(Infinity));
	const celonis = await startSimulator({ log, behaviour: { latencyMs: celonisLatencyMs } });
	const receiver = await startReceiver(receiverLatencyMs);
	let cluster: Cluster | undefined;
	try {
		cluster = await startCluster(options.workers, settings);
		await keepStarts(cluster.database);
		await activate(cluster, celonis, receiver, options);

		const startedAtMs = Date.now();
		const stopGrowing = grow(
			log,
			{ eventsPerMinute: options.rate * 60, ...lateness },
			options.seed,
		);
		const killed = killWorkers(cluster, options, say);
		await Promise.all([delay(options.seconds * 1000), killed]);
		stopGrowing();
		const loadSeconds = secondsSince(startedAtMs);
		const records = grown(log, before);
		say(`${records.length} events in ${loadSeconds} s; waiting until all is delivered`);

		const readStarts = startsReader(cluster.database);
		await allStarted(readStarts, records.length);
		const deliveredSeconds = secondsSince(startedAtMs);
		await pollsAfter(Date.now(), celonis);
		const statuses = await settledStatuses(cluster.database);
		const executions = await readStarts();
		const interruptedIds = await killed;
		const interrupted = executions.filter(({ id }) => interruptedIds.includes(id));
		const received = reconcile(records, receiver.events);
		const elsewhere = missingElsewhere(executions, interrupted, receiver.events);
		await retry(cluster, interruptedIds);
		return {
			loadSeconds,
			deliveredSeconds,
			started: reconcile(records, eventsOf(executions)),
			executions: executions.length,
			largest: Math.max(...executions.map(({ events }) => events.length)),
			interrupted,
			received,
			receivedAfterRetry: reconcile(records, receiver.events),
			missingElsewhere: elsewhere,
			statuses,
		};
	} finally {
		await cluster?.close();
		await receiver.close();
		await celonis.close();
	}
}

/** Publishes the trigger, and waits until n8n has saved where it starts. */
async function activate(
	{ api }: Cluster,
	celonis: Simulator,
	receiver: Receiver,
	{ poll, maxEventsPerPoll }: Options,
): Promise<void> {
	const credentials = await saveCredentials(api, teamOf(celonis));
	const parameters = {
		pollTimes: pollTimes(poll),
		options: { maxEventsPerPoll, lookback: lookbackMinutes },
	};
	const workflow = forwardingWorkflow(parameters, credentials, receiver.url);
	await publish(api, await saveWorkflow(api, workflow));
	// Not the poll of the activation but the one after it: the durable engine saves no earlier.
	await pollsAfter(Date.now(), celonis);
}

/** One schedule of n8n polls once a minute at the most; more often takes several. */
function pollTimes(everySeconds: number): object {
	const seconds = Array.from({ length: Math.floor(60 / everySeconds) }, (_, i) => i * everySeconds);
	return {
		item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
	};
}

/** Kills busy workers at even distances in the time of the load. Gives the executions they worked on. */
async function killWorkers(
	cluster: Cluster,
	{ seconds, kills, seed }: Options,
	say: (text: string) => void,
): Promise<string[]> {
	const random = seededRandom(seed);
	const interrupted: string[] = [];
	const startMs = Date.now();
	for (let kill = 1; kill <= kills; kill++) {
		const dueMs = startMs + (seconds * 1000 * kill) / (kills + 1);
		await delay(Math.max(0, dueMs - Date.now()));
		const { worker, executions } = await busyWorker(cluster.workers, random.integer(0, 1000));
		await cluster.kill(worker);
		interrupted.push(...executions);
		say(`a worker was killed during execution ${executions.join(', ')}`);
		await cluster.addWorker();
	}
	return interrupted;
}

function grown(log: AuditLog, before: ReadonlySet<unknown>): Json[] {
	return log
		.visibleAt(Infinity)
		.filter((entry) => !before.has(entry))
		.map(recordOf);
}

/** Waits until as many events as there are have started executions, or none can come any more. */
async function allStarted(
	readStarts: () => Promise<StartedExecution[]>,
	count: number,
): Promise<void> {
	const giveUpMs = Date.now() + (lookbackMinutes + 5) * minute;
	while (eventsOf(await readStarts()).length < count && Date.now() < giveUpMs) await delay(1000);
}

async function settledStatuses({ query }: Postgres): Promise<Record<string, number>> {
	const settled = async () => {
		const rows = await query('SELECT status, count(*) FROM execution_entity GROUP BY status');
		const counts = new Map(rows.map((row) => row.split('|') as [string, string]));
		const isUnderWay = ['new', 'running', 'waiting'].some((status) => counts.has(status));
		return isUnderWay ? undefined : counts;
	};
	const what = 'all executions to end';
	const counts = await waitFor(settled, { what, timeoutMs: 10 * minute, everyMs: 1000 });
	return Object.fromEntries([...counts].map(([status, count]) => [status, Number(count)]));
}

/** What a person can do in n8n for an execution that failed. */
async function retry({ api, database }: Cluster, executionIds: readonly string[]): Promise<void> {
	for (const id of executionIds) {
		await api.post(`/rest/executions/${id}/retry`, {});
	}
	await settledStatuses(database);
}

function missingElsewhere(
	executions: readonly StartedExecution[],
	interrupted: readonly StartedExecution[],
	received: readonly Json[],
): number {
	const accounted = new Set([...received, ...eventsOf(interrupted)].map(({ eventId }) => eventId));
	return eventsOf(executions).filter(({ eventId }) => !accounted.has(eventId)).length;
}

function eventsOf(executions: readonly StartedExecution[]): Json[] {
	return executions.flatMap(({ events }) => events);
}

function secondsSince(ms: number): number {
	return Math.round((Date.now() - ms) / 1000);
}
