import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { N8N_VERSION } from '../../scripts/n8n/versions.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { serverError } from '../celonis/faults/index.mts';
import { AuditLog } from '../celonis/log.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { startGrowing, waitForPollsAfter } from '../crash/growingLog.mts';
import { MINUTE_MS, SECOND_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';
import { getEngines } from './support/engines.mts';
import { getExecutions, getTriggerItems, type Execution } from './support/executions.mts';
import { parseLogEntry, removeAddedFields } from './support/records.mts';
import { createSecretAccess, findSecrets } from './support/secrets.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';
import {
	createTriggerWorkflow,
	everyTenSeconds,
	publish,
	saveCredentials,
	saveWorkflow,
	unpublish,
	waitForPublication,
	type Access,
	type Publication,
} from './support/workflows.mts';

const engines = getEngines(N8N_VERSION);

/** How long Celonis is down after n8n has started. */
const DOWN_MS = 30 * SECOND_MS;

/** How many events happen at least before it is up again. */
const MIN_EVENTS = 10;

const growth = { eventsPerMinute: 60 };
const byKey: Access = { authentication: 'key', apiVersion: 'v2' };
const byClient: Access = { authentication: 'oAuth2', apiVersion: 'v2' };

/** A team, and how it is down while n8n starts. */
interface Outage {
	readonly access: Access;
	begin(team: Team): void | Promise<void>;
	end(team: Team): void | Promise<void>;
	/** The error of a poll. */
	readonly message: RegExp;
}

const OUTAGES = {
	'status 503': {
		access: byClient,
		begin: ({ celonis }) => celonis.faults.always({}, serverError(503)),
		end: ({ celonis }) => celonis.faults.clear(),
		message: /returned 503/,
	},
	'a refused port': {
		access: byKey,
		begin: async ({ celonis }) => await celonis.close(),
		end: async (team) => {
			const port = Number(new URL(team.celonis.url).port);
			team.celonis = await startSimulator({ ...createSecretAccess(), log: team.log, port });
		},
		message: /could not connect to Celonis \(ECONNREFUSED\)/,
	},
	'a revoked key': {
		access: byKey,
		begin: ({ celonis }) => void celonis.access.appKeys.splice(0),
		end: ({ celonis }) => void celonis.access.appKeys.push(...createSecretAccess().appKeys),
		message: /returned 401/,
	},
} as const satisfies Record<string, Outage>;

type OutageName = keyof typeof OUTAGES;

const outages = Object.entries<Outage>(OUTAGES) as Array<[OutageName, Outage]>;

/** A team with a log that grows, and a workflow of an n8n that is triggered by it. */
interface Team {
	celonis: Simulator;
	readonly log: AuditLog;
	readonly workflowId: string;
	readonly stopGrowing: () => void;
	executions: Execution[];
}

/** Everything that happened in one n8n. */
interface Run {
	readonly n8n: TestN8n;
	readonly teams: Map<OutageName, Team>;
	/** A workflow that was published while Celonis answered 503, and when. */
	late?: { readonly executions: Execution[]; readonly publishedMs: number };
	/** A workflow that was published with a revoked key. */
	refused?: Publication;
}

describe('a trigger in a real n8n that starts while Celonis is down', () => {
	const runs = new Map<string, Run>();

	beforeAll(async () => {
		await Promise.all(
			Object.entries(engines).map(async ([engine, settings]) => {
				const run: Run = { n8n: await startTestN8n(settings), teams: new Map() };
				runs.set(engine, run);
				await Promise.all(
					outages.map(async ([name, { access }]) => {
						run.teams.set(name, await openTeam(run.n8n, access));
					}),
				);
				await survive(run);
			}),
		);
	}, 12 * MINUTE_MS);

	afterAll(async () => {
		for (const { n8n, teams } of runs.values()) {
			await n8n.close();
			// A team whose port is refused is closed already.
			await Promise.allSettled(
				[...teams.values()].map(async ({ celonis }) => await celonis.close()),
			);
		}
	});

	describe.each(Object.keys(engines))('%s', (engine) => {
		const getTeam = (name: OutageName) => runs.get(engine)!.teams.get(name)!;

		test.each(outages)('delivers every event once, after %s', (name) => {
			const { log, executions } = getTeam(name);
			const records = log.getVisible(Infinity).map(parseLogEntry);
			const delivered = getTriggerItems(executions).map(removeAddedFields);

			expect(records.length).toBeGreaterThan(MIN_EVENTS);
			expect(toSortedJson(delivered)).toEqual(toSortedJson(records));
		});

		test.each(outages)('has failed executions for %s', (name, { message }) => {
			const failed = getTeam(name).executions.filter(({ status }) => status === 'error');

			expect(failed.map((execution) => execution.error?.message)).toContainEqual(
				expect.stringMatching(message),
			);
		});

		test('delivers every event since a publication during the outage', () => {
			const { executions, publishedMs } = runs.get(engine)!.late!;
			const records = getTeam('status 503').log.getVisible(Infinity).map(parseLogEntry);
			const items = getTriggerItems(executions);
			const delivered = toSortedJson(items.map(removeAddedFields));
			const since = records.filter(({ timestamp }) => Date.parse(String(timestamp)) > publishedMs);

			expect(since.length).toBeGreaterThan(MIN_EVENTS);
			expect(delivered).toEqual(expect.arrayContaining(toSortedJson(since)));
			expect(toSortedJson(records)).toEqual(expect.arrayContaining(delivered));
			expect(new Set(items.map(({ eventId }) => eventId)).size).toBe(items.length);
		});

		test('refuses a publication with a revoked key, and says why', () => {
			expect(runs.get(engine)!.refused).toMatchObject({
				status: 'failed',
				triggers: [{ errorMessage: expect.stringContaining('401: the credential was rejected') }],
			});
		});

		test('warns in the log of n8n', () => {
			expect(runs.get(engine)!.n8n.output()).toMatch(
				/the first poll after an activation failed\..* returned 503/,
			);
		});

		test('leaves no secret in the executions and the output of n8n', () => {
			const { n8n, teams } = runs.get(engine)!;
			const executions = [...teams.values()].flatMap((team) => team.executions);

			expect(executions.flatMap(({ text }) => findSecrets(text))).toEqual([]);
			expect(findSecrets(n8n.output())).toEqual([]);
		});
	});
});

/** Publishes a workflow for a new team with an empty log. The log grows once n8n has saved its start. */
async function openTeam({ api }: TestN8n, access: Access): Promise<Team> {
	const log = new AuditLog();
	// Another server must not get the port while this one is closed.
	const port = await findFreePort();
	const celonis = await startSimulator({ ...createSecretAccess(), log, port });
	const workflowId = await publishTrigger(api, celonis, access);
	expect(await waitForPublication(api, workflowId)).toMatchObject({ status: 'published' });
	await waitForPollsAfter(Date.now(), celonis);
	const stopGrowing = startGrowing(log, growth, 1);
	return { celonis, log, workflowId, stopGrowing, executions: [] };
}

async function publishTrigger(
	api: TestN8n['api'],
	celonis: Simulator,
	access: Access,
): Promise<string> {
	const credentials = await saveCredentials(api, createTeam(celonis));
	const parameters = { pollTimes: everyTenSeconds };
	const id = await saveWorkflow(api, createTriggerWorkflow(parameters, access, credentials));
	await publish(api, id);
	return id;
}

/** Restarts n8n while Celonis is down, ends the outage, and waits until everything is delivered. */
async function survive(run: Run): Promise<void> {
	const { n8n, teams } = run;
	for (const team of teams.values()) await waitForItems(n8n, team);
	await n8n.restart(async () => {
		for (const [name, { begin }] of outages) await begin(teams.get(name)!);
	});
	const upMs = Date.now() + DOWN_MS;
	const [late] = await Promise.all([publishLate(run), publishRevoked(run), waitForFailures(run)]);
	const { log } = teams.get('status 503')!;
	const countLate = () =>
		log.getVisible(Date.now()).filter(({ timestamp }) => timestamp > late.publishedMs).length;
	await waitFor(() => (Date.now() > upMs && countLate() > MIN_EVENTS) || undefined, {
		description: 'half a minute and some events without Celonis',
		timeoutMs: 2 * MINUTE_MS,
	});

	for (const [name, { end }] of outages) await end(teams.get(name)!);
	// n8n's durable engine waits half an hour after an error that a person has to mend.
	const revoked = teams.get('a revoked key')!;
	await unpublish(n8n.api, revoked.workflowId);
	await publish(n8n.api, revoked.workflowId);
	for (const team of teams.values()) team.stopGrowing();
	for (const team of teams.values()) await waitForAllItems(n8n, team);
	run.late = { ...late, executions: await waitForLate(run, late.workflowId) };
}

/** Publishes a workflow without a position while Celonis answers 503. */
async function publishLate({ n8n, teams }: Run) {
	const { celonis } = teams.get('status 503')!;
	const workflowId = await publishTrigger(n8n.api, celonis, byKey);
	expect(await waitForPublication(n8n.api, workflowId)).toMatchObject({ status: 'published' });
	return { workflowId, publishedMs: Date.now() };
}

async function publishRevoked(run: Run): Promise<void> {
	const { n8n, teams } = run;
	const { url } = teams.get('a revoked key')!.celonis;
	const credentials = await saveCredentials(n8n.api, {
		url,
		oAuth2: { teamUrl: url, clientId: 'none', clientSecret: 'none' },
		key: { teamUrl: url, keyType: 'appKey', authKey: createSecretAccess().appKeys[0]!.key },
	});
	const parameters = { pollTimes: everyTenSeconds };
	const id = await saveWorkflow(n8n.api, createTriggerWorkflow(parameters, byKey, credentials));
	await publish(n8n.api, id);
	run.refused = await waitForPublication(n8n.api, id);
	await unpublish(n8n.api, id);
}

/** Waits until a poll of each workflow has failed aloud, and checks that each is active all the same. */
async function waitForFailures({ n8n, teams }: Run): Promise<void> {
	for (const [name, { message }] of outages) {
		const { workflowId } = teams.get(name)!;
		await waitFor(
			async () => {
				const executions = await getExecutions(n8n.api, workflowId);
				return executions.find(({ error }) => message.test(error?.message ?? ''));
			},
			{ description: `a failed execution for ${name}`, timeoutMs: 2 * MINUTE_MS, everyMs: 1000 },
		);
		expect(await waitForPublication(n8n.api, workflowId)).toMatchObject({ status: 'published' });
	}
}

async function waitForItems({ api }: TestN8n, { workflowId }: Team): Promise<void> {
	await waitFor(async () => getTriggerItems(await getExecutions(api, workflowId))[0], {
		description: 'a first delivery',
		timeoutMs: 2 * MINUTE_MS,
		everyMs: 1000,
	});
}

/** Waits until as many items are delivered as the log has records. */
async function waitForAllItems({ api }: TestN8n, team: Team): Promise<void> {
	await waitFor(
		async () => {
			team.executions = await getExecutions(api, team.workflowId);
			const records = team.log.getVisible(Date.now());
			return getTriggerItems(team.executions).length >= records.length || undefined;
		},
		{ description: 'all events', timeoutMs: 2 * MINUTE_MS, everyMs: 1000 },
	);
}

/** Waits until the last record is delivered: items come oldest first. */
async function waitForLate({ n8n, teams }: Run, workflowId: string): Promise<Execution[]> {
	const last = teams.get('status 503')!.log.getVisible(Infinity).map(parseLogEntry).at(-1)!;
	return await waitFor(
		async () => {
			const executions = await getExecutions(n8n.api, workflowId);
			const [delivered] = toSortedJson([last]);
			const items = toSortedJson(getTriggerItems(executions).map(removeAddedFields));
			return delivered !== undefined && items.includes(delivered) ? executions : undefined;
		},
		{ description: 'the last event', timeoutMs: 2 * MINUTE_MS, everyMs: 1000 },
	);
}
