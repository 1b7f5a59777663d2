import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { startGrowing, waitForPollsAfter } from '../crash/growingLog.mts';
import { MINUTE_MS, SECOND_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { setPositionVersion } from './support/database.mts';
import { getEngines } from './support/engines.mts';
import { getExecutions, getTriggerItems, type Execution } from './support/executions.mts';
import { parseLogEntry, removeAddedFields } from './support/records.mts';
import { createSecretAccess } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	createTriggerWorkflow,
	everyTenSeconds,
	publish,
	saveCredentials,
	saveWorkflow,
	unpublish,
	waitForPublication,
} from './support/workflows.mts';

const engines = getEngines(N8N_VERSION);

/** A version of the saved position that no package has written yet. */
const NEWER_VERSION = 99;
const VERSION = 2;

const growth = { eventsPerMinute: 60, duplicateShare: 0 };

interface Team {
	readonly celonis: Simulator;
	readonly log: AuditLog;
}

interface Run {
	readonly n8n: TestN8n;
	readonly teams: readonly [Team, Team];
	workflowId: string;
	executions: Execution[];
	/** Whether the workflow was active while its position could not be read. */
	publicationStatus?: string;
}

describe('the saved position in a real n8n', () => {
	const runs = new Map<string, Run>();

	beforeAll(async () => {
		await Promise.all(
			Object.entries(engines).map(async ([engine, settings]) => {
				const n8n = await startTestN8n(settings);
				const teams = [await openTeam(), await openTeam()] as const;
				const run: Run = { n8n, teams, workflowId: '', executions: [] };
				runs.set(engine, run);
				await switchTeams(run);
				await survivePosition(run);
			}),
		);
	}, 10 * MINUTE_MS);

	afterAll(async () => {
		for (const { n8n, teams } of runs.values()) {
			await n8n.close();
			for (const { celonis } of teams) await celonis.close();
		}
	});

	describe.each(Object.keys(engines))('%s', (engine) => {
		test('belongs to a team: a credential that is switched and back loses and repeats nothing', () => {
			const { teams, executions } = runs.get(engine)!;
			const delivered = toSortedJson(getTriggerItems(executions).map(removeAddedFields));
			const [first, second] = teams.map(({ log }) =>
				toSortedJson(log.getVisible(Infinity).map(parseLogEntry)),
			) as [string[], string[]];
			const ofSecond = delivered.filter((record) => !first.includes(record));

			expect(new Set(delivered).size).toBe(delivered.length);
			expect(delivered).toEqual(expect.arrayContaining(first));
			expect(ofSecond.length).toBeGreaterThan(5);
			expect(second).toEqual(expect.arrayContaining(ofSecond));
		});

		test('leaves the workflow active if it cannot be read after a start, and says so', () => {
			const { publicationStatus, executions } = runs.get(engine)!;
			const messages = executions.map(({ error }) => error?.message ?? '');

			expect(publicationStatus).toBe('published');
			expect(messages).toContainEqual(expect.stringContaining('cannot be read'));
		});
	});
});

async function openTeam(): Promise<Team> {
	const log = new AuditLog();
	return { log, celonis: await startSimulator({ ...createSecretAccess(), log }) };
}

/** Polls the first team, the second one, and the first one again, while both logs grow. */
async function switchTeams(run: Run): Promise<void> {
	const { n8n, teams } = run;
	const [first, second] = teams;
	const credentials = await saveCredentials(n8n.api, createTeam(first.celonis));
	const access = { authentication: 'key', apiVersion: 'v2' } as const;
	const parameters = { pollTimes: everyTenSeconds };
	run.workflowId = await saveWorkflow(
		n8n.api,
		createTriggerWorkflow(parameters, access, credentials),
	);
	await publish(n8n.api, run.workflowId);
	await waitForPollsAfter(Date.now(), first.celonis);
	const stops = teams.map(({ log }, index) => startGrowing(log, growth, index + 1));

	const use = async ({ celonis }: Team) => {
		const { key } = createTeam(celonis);
		await n8n.api.patch(`/rest/credentials/${credentials.celonisApi.id}`, {
			name: 'Key',
			type: 'celonisApi',
			data: key,
		});
		await waitForPollsAfter(Date.now(), celonis);
	};
	await waitForPollsAfter(Date.now(), first.celonis);
	await use(second);
	await use(first);
	for (const stop of stops) stop();
	await waitForAll(run);
}

/** Restarts n8n with a position that a newer version has written, and repairs it. */
async function survivePosition(run: Run): Promise<void> {
	const { n8n, workflowId, teams } = run;
	await n8n.restart(async () => await setPositionVersion(n8n.userFolder, NEWER_VERSION));
	const stop = startGrowing(teams[0].log, growth, 3);
	await waitFor(
		async () => {
			const executions = await getExecutions(n8n.api, workflowId);
			return executions.find(({ error }) => error?.message?.includes('cannot be read'));
		},
		{ description: 'a failed execution', timeoutMs: MINUTE_MS, everyMs: SECOND_MS },
	);
	run.publicationStatus = (await waitForPublication(n8n.api, workflowId)).status;
	await n8n.restart(async () => await setPositionVersion(n8n.userFolder, VERSION));
	// n8n's durable engine waits half an hour after an error that a person has to mend.
	await unpublish(n8n.api, workflowId);
	await publish(n8n.api, workflowId);
	stop();
	await waitForAll(run);
}

/** Waits until the last event of the first team is delivered. */
async function waitForAll(run: Run): Promise<void> {
	const { n8n, workflowId, teams } = run;
	const last = teams[0].log.getVisible(Infinity).map(parseLogEntry).at(-1);
	const [expected] = toSortedJson(last ? [last] : []);
	await waitFor(
		async () => {
			run.executions = await getExecutions(n8n.api, workflowId);
			const delivered = toSortedJson(getTriggerItems(run.executions).map(removeAddedFields));
			return (expected !== undefined && delivered.includes(expected)) || undefined;
		},
		{ description: 'the last event', timeoutMs: 2 * MINUTE_MS, everyMs: SECOND_MS },
	);
}
