import { teamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import type { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { teamLog } from '../celonis/teamLog.mts';
import {
	executionsOf,
	isFinished,
	startedWith,
	type Execution,
} from '../e2e/support/executions.mts';
import { recordOf } from '../e2e/support/records.mts';
import { startTestN8n, type TestN8n } from '../e2e/support/testN8n.mts';
import {
	everyTenSeconds,
	publish,
	saveCredentials,
	saveWorkflow,
	triggerWorkflow,
	type Access,
} from '../e2e/support/workflows.mts';
import { reconcile, type Reconciliation } from '../support/reconcile.mts';
import { grow, lastArrivalOf, pollsAfter } from './growingLog.mts';
import { drawMoments, latencyMs, reached, type Moment } from './moments.mts';
import type { Configuration } from './configurations.mts';

export interface Outcome extends Reconciliation {
	readonly setUp: Configuration;
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

const minute = 60_000;
const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 75_000 };

/** A few early crashes leave no time for much to happen: then the log goes on growing. */
const FEWEST_EVENTS = 25;

/** A workflow that was being activated stays locked for two minutes after a crash, by default. */
const briefLocks = {
	N8N_WORKFLOW_PUBLICATION_OUTBOX_LEASE_SECONDS: '3',
	N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '1000',
};

/** Kills an n8n again and again while its trigger delivers, and says what became of the events. */
export async function crashRun(setUp: Configuration, options: CrashRunOptions): Promise<Outcome> {
	const { seed, crashes, onCrash } = options;
	const log = teamLog({ backlog: { events: 300, days: 1 } }, seed, Date.now());
	const before = new Set(log.visibleAt(Infinity));
	const celonis = await startSimulator({ log, behaviour: { latencyMs } });
	const n8n = await startTestN8n({ ...briefLocks, ...setUp.settings });
	try {
		const workflowId = await activate(n8n, celonis, setUp);
		const stopGrowing = grow(log, growth, seed);
		let first = celonis.requests.length;
		for (const [index, moment] of drawMoments(seed, crashes).entries()) {
			await reached(moment, celonis.requests, first);
			await n8n.crash();
			first = celonis.requests.length;
			onCrash?.(index + 1, moment);
		}
		await grownBy(FEWEST_EVENTS, log, before);
		stopGrowing();
		await n8n.ready();
		await pollsAfter(lastArrivalOf(log), celonis);

		const executions = await settledExecutions(n8n, workflowId);
		const records = log
			.visibleAt(Infinity)
			.filter((entry) => !before.has(entry))
			.map(recordOf);
		return {
			setUp,
			crashes,
			executions: executions.length,
			interrupted: executions.filter(({ status }) => status === 'crashed').length,
			...reconcile(records, executions.flatMap(startedWith)),
		};
	} finally {
		await n8n.close();
		await celonis.close();
	}
}

/** Publishes the trigger, and waits until n8n has saved where it starts. */
async function activate(
	{ api }: TestN8n,
	celonis: Simulator,
	{ repeatLastBatch }: Configuration,
): Promise<string> {
	const credentials = await saveCredentials(api, teamOf(celonis));
	const parameters = { pollTimes: everyTenSeconds, options: { repeatLastBatch } };
	const access: Access = { authentication: 'oAuth2', apiVersion: 'v2' };
	const id = await saveWorkflow(api, triggerWorkflow(parameters, access, credentials));
	await publish(api, id);
	// Not the poll of the activation but the one after it: the durable engine saves no earlier.
	await pollsAfter(Date.now(), celonis);
	return id;
}

async function grownBy(count: number, log: AuditLog, before: ReadonlySet<unknown>): Promise<void> {
	const isGrown = () =>
		log.visibleAt(Date.now()).filter((entry) => !before.has(entry)).length >= count || undefined;
	await waitFor(isGrown, { what: `${count} events`, timeoutMs: 5 * minute });
}

async function settledExecutions({ api }: TestN8n, workflowId: string): Promise<Execution[]> {
	const settled = async () => {
		const executions = await executionsOf(api, workflowId);
		return executions.every(isFinished) ? executions : undefined;
	};
	const what = 'all executions to end';
	return await waitFor(settled, { what, timeoutMs: minute, everyMs: 2000 });
}
