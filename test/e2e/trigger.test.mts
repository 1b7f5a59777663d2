import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { teamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { arrivals } from '../celonis/arrivals.mts';
import type { AuditLog } from '../celonis/log.mts';
import { auditV1Path } from '../celonis/auditV1.mts';
import { auditV2Path } from '../celonis/auditV2.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { teamLog } from '../celonis/teamLog.mts';
import { executionsOf, isFinished, type Execution, type Json } from './support/executions.mts';
import { enginesOf } from './support/engines.mts';
import { asSent, recordOf } from './support/records.mts';
import { secretAccess, secretsIn } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	publish,
	saveCredentials,
	saveWorkflow,
	triggerWorkflow,
	type Access,
} from './support/workflows.mts';

const minute = 60_000;

/** Newer n8n have two ways of polling; both have to keep the promise. */
const engines = enginesOf(N8N_VERSION);

const ways: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** What came of one trigger. */
interface Outcome {
	executions: Execution[];
	/** Executions that were there when n8n was stopped, in between. */
	beforeRestart: number;
}

/** All that is looked at when the time is over: minutes of real polls, for every engine at once. */
interface Run {
	n8n: TestN8n;
	celonis: Simulator;
	outcomes: Map<Access, Outcome>;
}

describe('the trigger in a real n8n, over minutes of real polls and a restart', () => {
	const log = teamLog({ backlog: { events: 300, days: 1 } }, 1, Date.now());
	const before = new Set(log.visibleAt(Infinity));
	let expected: Json[];
	const runs = new Map<string, Run>();

	beforeAll(async () => {
		const ready = await Promise.all(
			Object.entries(engines).map(async ([name, settings]) => {
				const celonis = await startSimulator({ ...secretAccess(), log });
				const run: Run = { n8n: await startTestN8n(settings), celonis, outcomes: new Map() };
				runs.set(name, run);
				return { run, workflowIds: await activate(run) };
			}),
		);

		const growing = growFor(3.5 * minute, log);
		await Promise.all(
			ready.map(async ({ run, workflowIds }) => {
				await restartInBetween(run, workflowIds);
				await growing;
				await collect(run, workflowIds);
			}),
		);
		expected = log
			.visibleAt(Infinity)
			.filter((entry) => !before.has(entry))
			.map(recordOf);
	}, 15 * minute);

	afterAll(async () => {
		for (const { n8n, celonis } of runs.values()) {
			await n8n.close();
			await celonis.close();
		}
	});

	/** Publishes a trigger for each way of signing in, and waits until it has set its start. */
	async function activate({ n8n, celonis }: Run): Promise<Map<Access, string>> {
		const credentials = await saveCredentials(n8n.api, teamOf(celonis));
		const ids = new Map<Access, string>();
		for (const way of ways) {
			const id = await saveWorkflow(n8n.api, triggerWorkflow({}, way, credentials));
			await publish(n8n.api, id);
			const auditPath = way.apiVersion === 'v1' ? auditV1Path : auditV2Path;
			await waitFor(() => celonis.requests.find((r) => r.path === auditPath && r.status === 200), {
				what: 'the first poll',
				timeoutMs: minute,
			});
			ids.set(way, id);
		}
		return ids;
	}

	/** Waits until every trigger has delivered twice, then restarts n8n. */
	async function restartInBetween(run: Run, workflowIds: Map<Access, string>): Promise<void> {
		for (const [way, id] of workflowIds) {
			const executions = await waitFor(
				async () => {
					const all = (await executionsOf(run.n8n.api, id)).filter(isFinished);
					return all.length >= 2 ? all : undefined;
				},
				{ what: 'two executions', timeoutMs: 5 * minute, everyMs: 2000 },
			);
			run.outcomes.set(way, { executions, beforeRestart: executions.length });
		}
		await run.n8n.restart();
	}

	/** Waits until two more polls have found nothing new: one that has seen all, and one after it. */
	async function collect({ n8n, outcomes }: Run, workflowIds: Map<Access, string>): Promise<void> {
		const lastArrival = Math.max(...log.visibleAt(Infinity).map((entry) => entry.visibleFrom));
		await waitFor(() => Date.now() > lastArrival + 2.2 * minute || undefined, {
			what: 'the last polls',
			timeoutMs: 5 * minute,
		});
		for (const [way, id] of workflowIds) {
			outcomes.get(way)!.executions = await executionsOf(n8n.api, id);
		}
	}

	describe.each(Object.keys(engines))('%s', (engine) => {
		const outcomeOf = (way: Access) => runs.get(engine)!.outcomes.get(way)!;
		const itemsOf = (way: Access) =>
			outcomeOf(way).executions.flatMap(({ items }) => items['Celonis Trigger'] ?? []);

		test.each(ways)('delivers every event once, late ones too: %j', (way) => {
			const items = itemsOf(way);

			expect(expected.length).toBeGreaterThan(100);
			expect(sorted(items.map(asSent))).toEqual(sorted(expected));
			expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(items.length);
		});

		test.each(ways)('has polled at least three times, before and after: %j', (way) => {
			const { executions, beforeRestart } = outcomeOf(way);

			expect(executions.length).toBeGreaterThanOrEqual(3);
			expect(beforeRestart).toBeGreaterThanOrEqual(2);
			expect(executions.length).toBeGreaterThan(beforeRestart);
		});

		test.each(ways)('has no failed and no empty execution: %j', (way) => {
			for (const { status, items } of outcomeOf(way).executions) {
				expect(status).toBe('success');
				expect(items['Celonis Trigger']).not.toEqual([]);
			}
		});

		test('leaves no secret in what n8n writes and keeps', () => {
			const { n8n, outcomes } = runs.get(engine)!;
			const kept = [...outcomes.values()].flatMap(({ executions }) => executions);

			expect(kept.flatMap(({ text }) => secretsIn(text))).toEqual([]);
			expect(secretsIn(n8n.output())).toEqual([]);
		});

		test('makes n8n call nobody outside this machine', () => {
			expect(runs.get(engine)!.n8n.outside.requests).toEqual([]);
		});
	});

	test('some of the events were late', () => {
		const late = log
			.visibleAt(Infinity)
			.filter(({ timestamp, visibleFrom }) => visibleFrom - timestamp > 10_000);

		expect(late.length).toBeGreaterThan(10);
	});
});

/** Lets a log grow for a while. A third of the events shows up late, by up to 75 seconds. */
async function growFor(durationMs: number, log: AuditLog): Promise<void> {
	const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 75_000 };
	const end = Date.now() + durationMs;
	const source = arrivals(growth, 7, Date.now());
	log.growing((untilMs) => source(Math.min(untilMs, end)));
	await waitFor(() => Date.now() > end || undefined, {
		what: 'the log to grow',
		timeoutMs: durationMs + minute,
	});
}

function sorted(records: Json[]): string[] {
	return records.map((record) => JSON.stringify(record)).sort();
}
