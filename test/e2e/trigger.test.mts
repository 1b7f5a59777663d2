import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { createGrowthSource } from '../celonis/arrivals.mts';
import type { AuditLog } from '../celonis/log.mts';
import { auditV1Path } from '../celonis/auditV1.mts';
import { auditV2Path } from '../celonis/auditV2.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createTeamLog } from '../celonis/teamLog.mts';
import {
	getExecutions,
	getTriggerItems,
	isFinished,
	type Execution,
	type Json,
} from './support/executions.mts';
import { getEngines } from './support/engines.mts';
import { removeAddedFields, parseLogEntry } from './support/records.mts';
import { createSecretAccess, findSecrets } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	publish,
	saveCredentials,
	saveWorkflow,
	createTriggerWorkflow,
	type Access,
} from './support/workflows.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';

/** Newer versions of n8n have two poll engines; both must deliver every event once. */
const engines = getEngines(N8N_VERSION);

const connections: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** The result of one trigger. */
interface Outcome {
	executions: Execution[];
	/** Number of executions before the restart. */
	beforeRestart: number;
}

/** The results of minutes of real polls, for all engines in parallel. */
interface Run {
	n8n: TestN8n;
	celonis: Simulator;
	outcomes: Map<Access, Outcome>;
}

describe('the trigger in a real n8n, over minutes of real polls and a restart', () => {
	const log = createTeamLog({ backlog: { events: 300, days: 1 } }, 1, Date.now());
	const before = new Set(log.getVisible(Infinity));
	let expected: Json[];
	const runs = new Map<string, Run>();

	beforeAll(async () => {
		const ready = await Promise.all(
			Object.entries(engines).map(async ([name, settings]) => {
				const celonis = await startSimulator({ ...createSecretAccess(), log });
				const run: Run = { n8n: await startTestN8n(settings), celonis, outcomes: new Map() };
				runs.set(name, run);
				return { run, workflowIds: await activate(run) };
			}),
		);

		const growing = growLogFor(3.5 * MINUTE_MS, log);
		await Promise.all(
			ready.map(async ({ run, workflowIds }) => {
				await restart(run, workflowIds);
				await growing;
				await collect(run, workflowIds);
			}),
		);
		expected = log
			.getVisible(Infinity)
			.filter((entry) => !before.has(entry))
			.map(parseLogEntry);
	}, 15 * MINUTE_MS);

	afterAll(async () => {
		for (const { n8n, celonis } of runs.values()) {
			await n8n.close();
			await celonis.close();
		}
	});

	/** Publishes a trigger for each way to sign in, and waits until it has saved its start. */
	async function activate({ n8n, celonis }: Run): Promise<Map<Access, string>> {
		const credentials = await saveCredentials(n8n.api, createTeam(celonis));
		const ids = new Map<Access, string>();
		for (const connection of connections) {
			const id = await saveWorkflow(n8n.api, createTriggerWorkflow({}, connection, credentials));
			await publish(n8n.api, id);
			const auditPath = connection.apiVersion === 'v1' ? auditV1Path : auditV2Path;
			await waitFor(() => celonis.requests.find((r) => r.path === auditPath && r.status === 200), {
				description: 'the first poll',
				timeoutMs: MINUTE_MS,
			});
			ids.set(connection, id);
		}
		return ids;
	}

	/** Waits until every trigger has delivered twice, then restarts n8n. */
	async function restart(run: Run, workflowIds: Map<Access, string>): Promise<void> {
		for (const [connection, id] of workflowIds) {
			const executions = await waitFor(
				async () => {
					const all = (await getExecutions(run.n8n.api, id)).filter(isFinished);
					return all.length >= 2 ? all : undefined;
				},
				{ description: 'two executions', timeoutMs: 5 * MINUTE_MS, everyMs: 2000 },
			);
			run.outcomes.set(connection, { executions, beforeRestart: executions.length });
		}
		await run.n8n.restart();
	}

	/** Waits for two more polls without new events. */
	async function collect({ n8n, outcomes }: Run, workflowIds: Map<Access, string>): Promise<void> {
		const lastArrival = Math.max(...log.getVisible(Infinity).map((entry) => entry.visibleFrom));
		await waitFor(() => Date.now() > lastArrival + 2.2 * MINUTE_MS || undefined, {
			description: 'the last polls',
			timeoutMs: 5 * MINUTE_MS,
		});
		for (const [connection, id] of workflowIds) {
			outcomes.get(connection)!.executions = await getExecutions(n8n.api, id);
		}
	}

	describe.each(Object.keys(engines))('%s', (engine) => {
		const getOutcome = (connection: Access) => runs.get(engine)!.outcomes.get(connection)!;
		const getItems = (connection: Access) => getTriggerItems(getOutcome(connection).executions);

		test.each(connections)('delivers every event once, late ones included: %j', (connection) => {
			const items = getItems(connection);

			expect(expected.length).toBeGreaterThan(100);
			expect(toSortedJson(items.map(removeAddedFields))).toEqual(toSortedJson(expected));
			expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(items.length);
		});

		test.each(connections)(
			'has polled at least three times, before and after the restart: %j',
			(connection) => {
				const { executions, beforeRestart } = getOutcome(connection);

				expect(executions.length).toBeGreaterThanOrEqual(3);
				expect(beforeRestart).toBeGreaterThanOrEqual(2);
				expect(executions.length).toBeGreaterThan(beforeRestart);
			},
		);

		test.each(connections)('has no failed and no empty execution: %j', (connection) => {
			for (const { status, items } of getOutcome(connection).executions) {
				expect(status).toBe('success');
				expect(items['Celonis Trigger']).not.toEqual([]);
			}
		});

		test('leaves no secret in the output and files of n8n', () => {
			const { n8n, outcomes } = runs.get(engine)!;
			const kept = [...outcomes.values()].flatMap(({ executions }) => executions);

			expect(kept.flatMap(({ text }) => findSecrets(text))).toEqual([]);
			expect(findSecrets(n8n.output())).toEqual([]);
		});

		test('sends no requests to other hosts', () => {
			expect(runs.get(engine)!.n8n.outside.requests).toEqual([]);
		});
	});

	test('some of the events were late', () => {
		const late = log
			.getVisible(Infinity)
			.filter(({ timestamp, visibleFrom }) => visibleFrom - timestamp > 10_000);

		expect(late.length).toBeGreaterThan(10);
	});
});

/** Lets a log grow for some time. A third of the events is late, by up to 75 seconds. */
async function growLogFor(durationMs: number, log: AuditLog): Promise<void> {
	const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 75_000 };
	const end = Date.now() + durationMs;
	const source = createGrowthSource(growth, 7, Date.now());
	log.addGrowthSource((untilMs) => source(Math.min(untilMs, end)));
	await waitFor(() => Date.now() > end || undefined, {
		description: 'the log to grow',
		timeoutMs: durationMs + MINUTE_MS,
	});
}
