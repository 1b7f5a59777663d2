import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { teamOf } from '../../scripts/n8n/simulatedTeam.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import { arrivals } from '../celonis/arrivals.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { teamLog } from '../celonis/teamLog.mts';
import {
	installPackage,
	listedPackages,
	uninstallPackage,
	updatePackage,
	type ListedPackage,
} from './support/communityPackages.mts';
import { durableEngine, inMemoryEngine } from './support/engines.mts';
import { executionsOf, isFinished, runWorkflow, type Json } from './support/executions.mts';
import { startNpmRegistry, type NpmRegistry } from './support/npmRegistry.mts';
import { startOutsideWorld } from './support/outsideWorld.mts';
import { prepared } from './support/prepared.mts';
import { asSent, recordOf } from './support/records.mts';
import { addCode, changeManifest, repack } from './support/repack.mts';
import { startTestN8n, temporaryFolder, type TestN8n } from './support/testN8n.mts';
import {
	clockWorkflow,
	everyTenSeconds,
	listWorkflow,
	publish,
	saveCredentials,
	saveWorkflow,
	triggerWorkflow,
	type Access,
} from './support/workflows.mts';

const minute = 60_000;
const laterVersion = '999.0.0';
const growth = { eventsPerMinute: 40, lateShare: 0.3, maxLatenessMs: 20_000 };

const ways: Access[] = [
	{ authentication: 'oAuth2', apiVersion: 'v2' },
	{ authentication: 'key', apiVersion: 'v1' },
];

/** What `npm start` does to have a package listed that it has placed itself must not help here. */
const hooks = {
	EXTERNAL_HOOK_FILES: join(packageRoot, 'scripts', 'n8n', 'inside', 'stopWithStarter.cjs'),
};

/** A later version marks what it delivers, deep inside the trigger. */
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
		const log = teamLog({ backlog: { events: 300, days: 1 } }, 1, Date.now());
		const before = new Set(log.visibleAt(Infinity));
		let workFolder: string;
		let registry: NpmRegistry;
		let celonis: Simulator;
		let n8n: TestN8n;
		let checksum: string;
		let growsUntil = Infinity;
		const ids = { trigger: '', clock: '', lists: [] as string[] };

		beforeAll(async () => {
			workFolder = await temporaryFolder();
			registry = await startNpmRegistry(workFolder);
			await registry.publish(prepared().packed.tarball);
			celonis = await startSimulator({ log });
			n8n = await startTestN8n(
				{ ...engine, ...registry.settings, ...hooks },
				{ place: async () => undefined, outside: await startOutsideWorld(registry.replaced) },
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
			const credentials = await saveCredentials(n8n.api, teamOf(celonis));
			for (const way of ways) {
				ids.lists.push(await saveWorkflow(n8n.api, listWorkflow({ limit: 3 }, way, credentials)));
			}
			await expectListsToWork();

			ids.clock = await saveWorkflow(n8n.api, clockWorkflow());
			await publish(n8n.api, ids.clock);
			const trigger = triggerWorkflow({ pollTimes: everyTenSeconds }, ways[0]!, credentials);
			ids.trigger = await saveWorkflow(n8n.api, trigger);
			await publish(n8n.api, ids.trigger);
			await morePolls();
			const source = arrivals(growth, 7, Date.now());
			log.growing((untilMs) => source(Math.min(untilMs, growsUntil)));
			await waitFor(async () => (await delivered()).length >= 10 || undefined, {
				what: 'the first events',
				timeoutMs: 2 * minute,
				everyMs: 1000,
			});
		});

		test('an update that is not what its checksum says is refused, and nothing changes', async () => {
			const later = await repack(prepared().packed.tarball, workFolder, async (folder) => {
				await changeManifest(folder, { version: laterVersion });
				await addCode(folder, 'dist/nodes/Celonis/trigger/poll.js', marking);
			});
			checksum = await registry.publish(later);
			const wrong = checksum.replace(/.{4}$/, 'AAA=');

			await expect(updatePackage(n8n.api, laterVersion, wrong)).rejects.toThrow('hecksum');
			expect(await listed()).toMatchObject({ updateAvailable: laterVersion, failedLoading: false });
			expect((await listed()).installedVersion).not.toBe(laterVersion);
		});

		test('an update takes over while events come, without a restart', async () => {
			await updatePackage(n8n.api, laterVersion, checksum);

			expect(await listed()).toMatchObject({
				installedVersion: laterVersion,
				failedLoading: false,
			});
			const marked = async () =>
				(await delivered()).filter(({ deliveredBy }) => deliveredBy === laterVersion);
			await waitFor(async () => (await marked()).length >= 10 || undefined, {
				what: 'events delivered by the later version',
				timeoutMs: 2 * minute,
				everyMs: 1000,
			});
			expect((await marked()).length).toBeLessThan((await delivered()).length);
			await expectListsToWork();
		});

		// Packages are removed and added in one way, whichever engine polls.
		if (engine === inMemoryEngine) {
			test('removal leaves n8n and its other workflows working, also after a restart', async () => {
				await uninstallPackage(n8n.api);

				expect(await listedPackages(n8n.api)).toEqual([]);
				await clockTicks();
				await n8n.restart();
				await clockTicks();
			});

			test('a workflow whose node is missing says so', async () => {
				await expect(runWorkflow(n8n.api, ids.lists[0]!, 'Start')).rejects.toThrow(
					/Unrecognized node type: n8n-nodes-celonis\.celonis/,
				);
			});

			test('installed again and published again, it goes on where it ended', async () => {
				await installPackage(n8n.api);
				await publish(n8n.api, ids.trigger);
				await expectListsToWork();
			});
		}

		test('every event was delivered once, whichever version did it', async () => {
			growsUntil = Date.now();
			const lastArrival = Math.max(...log.visibleAt(Infinity).map((entry) => entry.visibleFrom));
			const isOver = () => Date.now() > lastArrival + 25_000 || undefined;
			await waitFor(isOver, { what: 'the last polls', timeoutMs: 2 * minute });

			const expected = log.visibleAt(Infinity).filter((entry) => !before.has(entry));
			const sent = (await delivered()).map(({ deliveredBy: _, ...item }) => asSent(item));
			expect(expected.length).toBeGreaterThan(20);
			expect(sorted(sent)).toEqual(sorted(expected.map(recordOf)));
		});

		async function expectListsToWork(): Promise<void> {
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
			const executions = (await executionsOf(n8n.api, ids.trigger)).filter(isFinished);
			return executions.flatMap(({ items }) => items['Celonis Trigger'] ?? []);
		}

		/** Waits for two more polls. */
		async function morePolls(): Promise<void> {
			const soFar = celonis.requests.length;
			const polled = () => celonis.requests.length >= soFar + 2 || undefined;
			await waitFor(polled, { what: 'two polls', timeoutMs: minute });
		}

		async function clockTicks(): Promise<void> {
			const soFar = (await executionsOf(n8n.api, ids.clock)).length;
			await waitFor(
				async () => (await executionsOf(n8n.api, ids.clock)).length > soFar || undefined,
				{ what: 'another workflow to run', timeoutMs: minute, everyMs: 1000 },
			);
		}
	},
);

function sorted(records: Json[]): string[] {
	return records.map((record) => JSON.stringify(record)).sort();
}
