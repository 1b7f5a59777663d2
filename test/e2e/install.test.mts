import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { createGrowthSource } from '../celonis/arrivals.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createTeamLog } from '../celonis/teamLog.mts';
import {
	installPackage,
	listedPackages,
	uninstallPackage,
	updatePackage,
	type ListedPackage,
} from './support/communityPackages.mts';
import { durableEngine, inMemoryEngine } from './support/engines.mts';
import {
	getExecutions,
	getTriggerItems,
	isFinished,
	runWorkflow,
	type Json,
} from './support/executions.mts';
import { startNpmRegistry, type NpmRegistry } from './support/npmRegistry.mts';
import { startExternalServices } from './support/externalServices.mts';
import { readPrepared } from './support/prepared.mts';
import { removeAddedFields, parseLogEntry } from './support/records.mts';
import { addCode, changeManifest, repack } from './support/repack.mts';
import { startTestN8n, createTemporaryFolder, type TestN8n } from './support/testN8n.mts';
import {
	createScheduleWorkflow,
	everyTenSeconds,
	createListWorkflow,
	publish,
	saveCredentials,
	saveWorkflow,
	createTriggerWorkflow,
	type Access,
} from './support/workflows.mts';
import { MINUTE_MS } from '../support/durations.mts';
import { toSortedJson } from '../support/sortedJson.mts';

const laterVersion = '999.0.0';
const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 20_000 };

const connections: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** Without the hook with which `npm start` lists its package. */
const hooks = {
	EXTERNAL_HOOK_FILES: join(packageRoot, 'scripts', 'n8n', 'inside', 'stopWithStarter.cjs'),
};

/** A later version of the package, which marks what its trigger delivers. */
const marking = `
const asBefore = exports.poll;
exports.poll = async function () {
	const items = await asBefore.call(this);
	for (const { json } of items?.[0] ?? []) json.deliveredBy = '${laterVersion}';
	return items;
};`;

const engines = {
	'in memory, the default of n8n 2.41': inMemoryEngine,
	'durable scheduler': durableEngine,
};

describe.each(Object.entries(engines))(
	'the package in Settings → Community nodes: %s',
	(_, engine) => {
		const log = createTeamLog({ backlog: { events: 300, days: 1 } }, 1, Date.now());
		const before = new Set(log.getVisible(Infinity));
		let workFolder: string;
		let registry: NpmRegistry;
		let celonis: Simulator;
		let n8n: TestN8n;
		let checksum: string;
		let growsUntil = Infinity;
		const ids = { trigger: '', clock: '', lists: [] as string[] };

		beforeAll(async () => {
			workFolder = await createTemporaryFolder();
			registry = await startNpmRegistry(workFolder);
			await registry.publish(readPrepared().packed.tarball);
			celonis = await startSimulator({ log });
			n8n = await startTestN8n(
				{ ...engine, ...registry.settings, ...hooks },
				{
					installPackage: async () => undefined,
					outside: await startExternalServices(registry.replaced),
				},
			);
		});

		afterAll(async () => {
			await n8n?.close();
			await celonis?.close();
			await registry?.close();
			await rm(workFolder, { recursive: true, force: true });
		});

		test('is installed by its name', async () => {
			const installed = await installPackage(n8n.api);

			expect(installed).toMatchObject({ packageName: 'n8n-nodes-celonis' });
			expect(await listedPackages(n8n.api)).toEqual([
				expect.objectContaining({
					packageName: 'n8n-nodes-celonis',
					installedVersion: installed.installedVersion,
					failedLoading: false,
					installedNodes: expect.arrayContaining([
						expect.objectContaining({ type: 'n8n-nodes-celonis.celonis' }),
						expect.objectContaining({ type: 'n8n-nodes-celonis.celonisTrigger' }),
					]),
				}),
			]);
		});

		test('works without a restart', async () => {
			const credentials = await saveCredentials(n8n.api, createTeam(celonis));
			for (const connection of connections) {
				ids.lists.push(
					await saveWorkflow(n8n.api, createListWorkflow({ limit: 3 }, connection, credentials)),
				);
			}
			await expectWorkingLists();

			ids.clock = await saveWorkflow(n8n.api, createScheduleWorkflow());
			await publish(n8n.api, ids.clock);
			const trigger = createTriggerWorkflow(
				{ pollTimes: everyTenSeconds },
				connections[0]!,
				credentials,
			);
			ids.trigger = await saveWorkflow(n8n.api, trigger);
			await publish(n8n.api, ids.trigger);
			await waitForPolls();
			const source = createGrowthSource(growth, 7, Date.now());
			log.addGrowthSource((untilMs) => source(Math.min(untilMs, growsUntil)));
			await waitFor(async () => (await delivered()).length >= 10 || undefined, {
				description: 'the first events',
				timeoutMs: 2 * MINUTE_MS,
				everyMs: 1000,
			});
		});

		test('rejects an update with a wrong checksum, and changes nothing', async () => {
			const later = await repack(readPrepared().packed.tarball, workFolder, async (folder) => {
				await changeManifest(folder, { version: laterVersion });
				await addCode(folder, 'dist/nodes/Celonis/trigger/poll.js', marking);
			});
			checksum = await registry.publish(later);
			const wrong = checksum.replace(/.{4}$/, 'AAA=');

			await expect(updatePackage(n8n.api, laterVersion, wrong)).rejects.toThrow('hecksum');
			expect(await listed()).toMatchObject({ updateAvailable: laterVersion, failedLoading: false });
			expect((await listed()).installedVersion).not.toBe(laterVersion);
		});

		test('updates without a restart while events arrive', async () => {
			await updatePackage(n8n.api, laterVersion, checksum);

			expect(await listed()).toMatchObject({
				installedVersion: laterVersion,
				failedLoading: false,
			});
			const getMarked = async () =>
				(await delivered()).filter(({ deliveredBy }) => deliveredBy === laterVersion);
			await waitFor(async () => (await getMarked()).length >= 10 || undefined, {
				description: 'events delivered by the later version',
				timeoutMs: 2 * MINUTE_MS,
				everyMs: 1000,
			});
			expect((await getMarked()).length).toBeLessThan((await delivered()).length);
			await expectWorkingLists();
		});

		// The engine does not affect how packages are installed.
		if (engine === inMemoryEngine) {
			test('after removal, n8n and its other workflows work, also after a restart', async () => {
				await uninstallPackage(n8n.api);

				expect(await listedPackages(n8n.api)).toEqual([]);
				await getScheduleExecutions();
				await n8n.restart();
				await getScheduleExecutions();
			});

			test('a workflow with a missing node says so', async () => {
				await expect(runWorkflow(n8n.api, ids.lists[0]!, 'Start')).rejects.toThrow(
					/Unrecognized node type: n8n-nodes-celonis\.celonis/,
				);
			});

			test('installed and published again, it continues where it stopped', async () => {
				await installPackage(n8n.api);
				await publish(n8n.api, ids.trigger);
				await expectWorkingLists();
			});
		}

		test('every event was delivered once, by either version', async () => {
			growsUntil = Date.now();
			const lastArrival = Math.max(...log.getVisible(Infinity).map((entry) => entry.visibleFrom));
			const isDelivered = () => Date.now() > lastArrival + 25_000 || undefined;
			await waitFor(isDelivered, { description: 'the last polls', timeoutMs: 2 * MINUTE_MS });

			const expected = log.getVisible(Infinity).filter((entry) => !before.has(entry));
			const sent = (await delivered()).map(({ deliveredBy: _, ...item }) =>
				removeAddedFields(item),
			);
			expect(expected.length).toBeGreaterThan(20);
			expect(toSortedJson(sent)).toEqual(toSortedJson(expected.map(parseLogEntry)));
		});

		async function expectWorkingLists(): Promise<void> {
			for (const id of ids.lists) {
				const { status, items } = await runWorkflow(n8n.api, id, 'Start');
				expect(status).toBe('success');
				expect(items.Celonis).toHaveLength(3);
			}
		}

		async function listed(): Promise<ListedPackage> {
			return (await listedPackages(n8n.api))[0]!;
		}

		async function delivered(): Promise<Json[]> {
			const executions = (await getExecutions(n8n.api, ids.trigger)).filter(isFinished);
			return getTriggerItems(executions);
		}

		/** Waits for two more polls. */
		async function waitForPolls(): Promise<void> {
			const soFar = celonis.requests.length;
			const waitForPoll = () => celonis.requests.length >= soFar + 2 || undefined;
			await waitFor(waitForPoll, { description: 'two polls', timeoutMs: MINUTE_MS });
		}

		async function getScheduleExecutions(): Promise<void> {
			const soFar = (await getExecutions(n8n.api, ids.clock)).length;
			await waitFor(
				async () => (await getExecutions(n8n.api, ids.clock)).length > soFar || undefined,
				{ description: 'another workflow to run', timeoutMs: MINUTE_MS, everyMs: 1000 },
			);
		}
	},
);
