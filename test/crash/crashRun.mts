import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import type { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createTeamLog } from '../celonis/teamLog.mts';
import {
	getExecutions,
	isFinished,
	getInputItems,
	type Execution,
} from '../e2e/support/executions.mts';
import { parseLogEntry } from '../e2e/support/records.mts';
import { startTestN8n, type TestN8n } from '../e2e/support/testN8n.mts';
import {
	everyTenSeconds,
	publish,
	saveCredentials,
	saveWorkflow,
	createTriggerWorkflow,
	type Access,
} from '../e2e/support/workflows.mts';
import { reconcile, type Reconciliation } from '../support/reconcile.mts';
import { startGrowing, getLastArrival, waitForPollsAfter } from './growingLog.mts';
import { drawMoments, LATENCY_MS, waitForMoment, type Moment } from './moments.mts';
import type { Configuration } from './configurations.mts';
import { MINUTE_MS } from '../support/durations.mts';

export interface Outcome extends Reconciliation {
	readonly configuration: Configuration;
	readonly crashes: number;
	readonly executions: number;
	/** Executions that were running when n8n was killed. */
	readonly interrupted: number;
}

export interface CrashRunOptions {
	seed: number;
	/** How often n8n is killed. */
	crashes: number;
	onCrash?: (number: number, moment: Moment) => void;
}

const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 75_000 };

/** After a few early crashes, the log keeps growing until it has this many events. */
const MIN_EVENTS = 25;

/** By default, a workflow stays locked for two minutes after a crash during its activation. */
const SHORT_LOCKS = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '3',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

/** Kills an n8n repeatedly while its trigger delivers, and reconciles the events. */
export async function runCrashes(
	configuration: Configuration,
	options: CrashRunOptions,
): Promise<Outcome> {
	const { seed, crashes, onCrash } = options;
	const log = createTeamLog({ backlog: { events: 300, days: 1 } }, seed, Date.now());
	const before = new Set(log.getVisible(Infinity));
	const celonis = await startSimulator({ log, behaviour: { latencyMs: LATENCY_MS } });
	const n8n = await startTestN8n({ ...SHORT_LOCKS, ...configuration.settings });
	try {
		const workflowId = await activate(n8n, celonis, configuration);
		const stopGrowing = startGrowing(log, growth, seed);
		let first = celonis.requests.length;
		for (const [index, moment] of drawMoments(seed, crashes).entries()) {
			await waitForMoment(moment, celonis.requests, first);
			await n8n.crash();
			first = celonis.requests.length;
			onCrash?.(index + 1, moment);
		}
		await waitForGrowth(MIN_EVENTS, log, before);
		stopGrowing();
		await n8n.ready();
		await waitForPollsAfter(getLastArrival(log), celonis);

		const executions = await waitForExecutions(n8n, workflowId);
		const records = log
			.getVisible(Infinity)
			.filter((entry) => !before.has(entry))
			.map(parseLogEntry);
		return {
			configuration,
			crashes,
			executions: executions.length,
			interrupted: executions.filter(({ status }) => status === 'crashed').length,
			...reconcile(records, executions.flatMap(getInputItems)),
		};
	} finally {
		await n8n.close();
		await celonis.close();
	}
}

/** Publishes the trigger, and waits until n8n has saved its start. */
async function activate(
	{ api }: TestN8n,
	celonis: Simulator,
	{ repeatLastBatch }: Configuration,
): Promise<string> {
	const credentials = await saveCredentials(api, createTeam(celonis));
	const parameters = { pollTimes: everyTenSeconds, options: { repeatLastBatch } };
	const access: Access = { authentication: 'oAuth2', apiVersion: 'v2' };
	const id = await saveWorkflow(api, createTriggerWorkflow(parameters, access, credentials));
	await publish(api, id);
	// The poll after that of the activation: the durable engine saves no earlier.
	await waitForPollsAfter(Date.now(), celonis);
	return id;
}

async function waitForGrowth(
	count: number,
	log: AuditLog,
	before: ReadonlySet<unknown>,
): Promise<void> {
	const isGrown = () =>
		log.getVisible(Date.now()).filter((entry) => !before.has(entry)).length >= count || undefined;
	await waitFor(isGrown, { description: `${count} events`, timeoutMs: 5 * MINUTE_MS });
}

async function waitForExecutions({ api }: TestN8n, workflowId: string): Promise<Execution[]> {
	const getSettled = async () => {
		const executions = await getExecutions(api, workflowId);
		return executions.every(isFinished) ? executions : undefined;
	};
	const description = 'all executions to end';
	return await waitFor(getSettled, { description, timeoutMs: MINUTE_MS, everyMs: 2000 });
}
