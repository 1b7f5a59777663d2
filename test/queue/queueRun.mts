import { setTimeout as delay } from 'node:timers/promises';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import type { AuditLog } from '../celonis/log.mts';
import { seededRandom } from '../celonis/random.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createTeamLog } from '../celonis/teamLog.mts';
import { reconcile, type Reconciliation } from '../support/reconcile.mts';
import { startGrowing, waitForPollsAfter } from '../crash/growingLog.mts';
import type { Json } from '../e2e/support/executions.mts';
import { parseLogEntry } from '../e2e/support/records.mts';
import { publish, saveCredentials, saveWorkflow } from '../e2e/support/workflows.mts';
import { findBusyWorker } from './busyWorker.mts';
import { startCluster, type Cluster } from './cluster.mts';
import type { Options } from './options.mts';
import { startReceiver, type Receiver } from './receiver.mts';
import { recordStarts, createStartsReader, getEvents, type StartedExecution } from './started.mts';
import { retry, waitForStarts, waitForStatuses } from './waits.mts';
import { createForwardingWorkflow } from './workflow.mts';
import { MINUTE_MS } from '../support/durations.mts';

export interface Outcome {
	/** How long the log grew, and how long until all events had started executions. */
	readonly loadSeconds: number;
	readonly deliveredSeconds: number;
	/** What the trigger started executions with. */
	readonly started: Reconciliation;
	readonly executions: number;
	/** How many events the largest execution was started with. */
	readonly largest: number;
	/** Executions that a killed worker was running, and their input events. */
	readonly interrupted: readonly StartedExecution[];
	/** What the workflow's executions sent on. */
	readonly received: Reconciliation;
	/** The same, after the interrupted executions were retried in n8n. */
	readonly receivedAfterRetry: Reconciliation;
	/** Events that did not arrive although their execution was not interrupted. */
	readonly lost: number;
	/** The number of executions by their status in n8n. */
	readonly statuses: Readonly<Record<string, number>>;
}

/** An event may become visible so late that only the final read of its interval finds it. */
const lateness = { lateShare: 0.05, maxLatenessMs: 30_000 };
const lookbackMinutes = 10;

/** The latency of Celonis and of the receiver. */
const celonisLatencyMs = 40;
const receiverLatencyMs = 250;

/** Runs an n8n in queue mode on a growing log, kills workers meanwhile, and reconciles the events. */
export async function runQueue(
	settings: Record<string, string>,
	options: Options,
	say: (text: string) => void,
): Promise<Outcome> {
	const log = createTeamLog({ backlog: { events: 300, days: 1 } }, options.seed, Date.now());
	const before = new Set(log.getVisible(Infinity));
	const celonis = await startSimulator({ log, behaviour: { latencyMs: celonisLatencyMs } });
	const receiver = await startReceiver(receiverLatencyMs);
	let cluster: Cluster | undefined;
	try {
		cluster = await startCluster(options.workers, settings);
		await recordStarts(cluster.database);
		await activate(cluster, celonis, receiver, options);

		const startedAtMs = Date.now();
		const stopGrowing = startGrowing(
			log,
			{ eventsPerMinute: options.rate * 60, ...lateness },
			options.seed,
		);
		const killed = killWorkers(cluster, options, say);
		await Promise.all([delay(options.seconds * 1000), killed]);
		stopGrowing();
		const loadSeconds = getSecondsSince(startedAtMs);
		const records = getNewRecords(log, before);
		say(`${records.length} events in ${loadSeconds} s; waiting until all is delivered`);

		const readStarts = createStartsReader(cluster.database);
		await waitForStarts(readStarts, records.length, (lookbackMinutes + 5) * MINUTE_MS);
		const deliveredSeconds = getSecondsSince(startedAtMs);
		await waitForPollsAfter(Date.now(), celonis);
		const statuses = await waitForStatuses(cluster.database);
		const executions = await readStarts();
		const interruptedIds = await killed;
		const interrupted = executions.filter(({ id }) => interruptedIds.includes(id));
		const received = reconcile(records, receiver.events);
		const lost = findLost(executions, interrupted, receiver.events);
		await retry(cluster, interruptedIds);
		return {
			loadSeconds,
			deliveredSeconds,
			started: reconcile(records, getEvents(executions)),
			executions: executions.length,
			largest: Math.max(...executions.map(({ events }) => events.length)),
			interrupted,
			received,
			receivedAfterRetry: reconcile(records, receiver.events),
			lost,
			statuses,
		};
	} finally {
		await cluster?.close();
		await receiver.close();
		await celonis.close();
	}
}

/** Publishes the trigger, and waits until n8n has saved its start. */
async function activate(
	{ api }: Cluster,
	celonis: Simulator,
	receiver: Receiver,
	{ poll, maxEventsPerPoll }: Options,
): Promise<void> {
	const credentials = await saveCredentials(api, createTeam(celonis));
	const parameters = {
		pollTimes: createPollTimes(poll),
		options: { maxEventsPerPoll, lookback: lookbackMinutes },
	};
	const workflow = createForwardingWorkflow(parameters, credentials, receiver.url);
	await publish(api, await saveWorkflow(api, workflow));
	// The poll after that of the activation: the durable engine saves no earlier.
	await waitForPollsAfter(Date.now(), celonis);
}

/** One schedule of n8n polls at most once a minute; more frequent polls need several. */
function createPollTimes(everySeconds: number): object {
	const seconds = Array.from({ length: Math.floor(60 / everySeconds) }, (_, i) => i * everySeconds);
	return {
		item: seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` })),
	};
}

/** Kills busy workers at regular intervals during the load. Returns the executions that they were running. */
async function killWorkers(
	cluster: Cluster,
	{ seconds, killCount, seed }: Options,
	say: (text: string) => void,
): Promise<string[]> {
	const random = seededRandom(seed);
	const interrupted: string[] = [];
	const startMs = Date.now();
	for (let kill = 1; kill <= killCount; kill++) {
		const dueMs = startMs + (seconds * 1000 * kill) / (killCount + 1);
		await delay(Math.max(0, dueMs - Date.now()));
		const { worker, executions } = await findBusyWorker(cluster.workers, random.integer(0, 1000));
		await cluster.kill(worker);
		interrupted.push(...executions);
		say(`a worker was killed during execution ${executions.join(', ')}`);
		await cluster.addWorker();
	}
	return interrupted;
}

function getNewRecords(log: AuditLog, before: ReadonlySet<unknown>): Json[] {
	return log
		.getVisible(Infinity)
		.filter((entry) => !before.has(entry))
		.map(parseLogEntry);
}

function findLost(
	executions: readonly StartedExecution[],
	interrupted: readonly StartedExecution[],
	received: readonly Json[],
): number {
	const accounted = new Set([...received, ...getEvents(interrupted)].map(({ eventId }) => eventId));
	return getEvents(executions).filter(({ eventId }) => !accounted.has(eventId)).length;
}

function getSecondsSince(ms: number): number {
	return Math.round((Date.now() - ms) / 1000);
}
