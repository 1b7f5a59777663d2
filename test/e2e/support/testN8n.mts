import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installCommunityPackage } from '../../../scripts/n8n/communityPackage.mts';
import {
	launchN8n,
	startN8n,
	type N8nOptions,
	type N8nProcess,
} from '../../../scripts/n8n/n8nProcess.mts';
import type { PackedPackage } from '../../../scripts/n8n/pack.mts';
import { demoLogin, signInAsOwner } from '../../../scripts/n8n/owner.mts';
import { freePort } from '../../../scripts/n8n/ports.mts';
import { RestClient } from '../../../scripts/n8n/rest.mts';
import { startOutsideWorld, type OutsideWorld } from './outsideWorld.mts';
import { prepared } from './prepared.mts';

export interface TestN8n {
	readonly api: RestClient;
	/** Whatever n8n tries to reach beyond this machine ends up here. */
	readonly outside: OutsideWorld;
	/** Everything that n8n has written, over all its starts. */
	output(): string;
	/** Everything that n8n keeps, its database included: content by path. */
	files(): Promise<Map<string, string>>;
	/** Stops n8n in good order and starts it again on the same data. */
	restart(): Promise<void>;
	/** Kills n8n and starts it again on the same data. Returns as soon as it runs: see `ready`. */
	crash(): Promise<void>;
	/** Settles once n8n answers. */
	ready(): Promise<void>;
	close(): Promise<void>;
}

export interface TestN8nOptions {
	/** Puts the package into n8n's user folder before n8n starts; done as for `npm start` unless given. */
	place?: (userFolder: string, packed: PackedPackage) => Promise<void>;
	/** What n8n finds beyond this machine: nothing unless given. */
	outside?: OutsideWorld;
}

/** A fresh n8n with this package, signed in to as its owner. It logs all it can. */
export async function startTestN8n(
	settings: Record<string, string> = {},
	options: TestN8nOptions = {},
): Promise<TestN8n> {
	const { install, packed } = prepared();
	const { place = installCommunityPackage, outside = await startOutsideWorld() } = options;
	const userFolder = await temporaryFolder();
	await place(userFolder, packed);
	const port = await freePort();
	const extra = { N8N_LOG_LEVEL: 'debug', ...outside.proxySettings, ...settings };
	const cleanUp = async () => {
		await outside.close();
		await rm(userFolder, { recursive: true, force: true });
	};
	const launch: N8nOptions = { install, userFolder, port, extra };

	let earlierOutput = '';
	let n8n: N8nProcess = await startN8n(launch).catch(async (error: unknown) => {
		await cleanUp();
		throw error;
	});
	const api = new RestClient(n8n.url);
	if (!(await signInAsOwner(api, demoLogin))) throw new Error('A fresh n8n has an owner');

	return {
		api,
		outside,
		output: () => earlierOutput + n8n.output(),
		files: async () => await filesIn(userFolder),
		restart: async () => {
			await n8n.stop();
			earlierOutput += n8n.output();
			n8n = await startN8n(launch);
		},
		crash: async () => {
			await n8n.kill();
			earlierOutput += n8n.output();
			n8n = await launchN8n(launch);
		},
		ready: async () => await n8n.ready(),
		close: async () => {
			await n8n.stop();
			await cleanUp();
		},
	};
}

export async function temporaryFolder(): Promise<string> {
	return await mkdtemp(join(tmpdir(), 'n8n-nodes-celonis-'));
}

async function filesIn(folder: string): Promise<Map<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const contents = files.map(async ({ parentPath, name }) => {
		const path = join(parentPath, name);
		return [path, await readFile(path, 'latin1')] as const;
	});
	return new Map(await Promise.all(contents));
}
