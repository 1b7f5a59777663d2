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
import { findFreePort } from '../../../scripts/n8n/ports.mts';
import { RestClient } from '../../../scripts/n8n/rest.mts';
import { startExternalServices, type ExternalServices } from './externalServices.mts';
import { readPrepared } from './prepared.mts';

export interface TestN8n {
	readonly api: RestClient;
	/** Where n8n keeps its data. */
	readonly userFolder: string;
	/** Receives all requests of n8n to other hosts. */
	readonly outside: ExternalServices;
	/** The output of n8n, over all its starts. */
	output(): string;
	/** The id of its main process. */
	pid(): number;
	/** The files of n8n, its database included: content by path. */
	files(): Promise<Map<string, string>>;
	/** Stops n8n gracefully and starts it again with the same data. In between, the world may change. */
	restart(whileStopped?: () => Promise<void>): Promise<void>;
	/** Kills n8n and starts it again with the same data. Returns immediately: see `ready`. */
	crash(): Promise<void>;
	/** Resolves once n8n responds. */
	ready(): Promise<void>;
	close(): Promise<void>;
}

export interface TestN8nOptions {
	/** Installs the package in n8n's user folder before n8n starts; by default as `npm start` does. */
	installPackage?: (userFolder: string, packed: PackedPackage) => Promise<void>;
	/** The hosts that n8n can reach; none by default. */
	outside?: ExternalServices;
}

/** Starts a new n8n with this package, signed in as its owner. It logs everything. */
export async function startTestN8n(
	settings: Record<string, string> = {},
	options: TestN8nOptions = {},
): Promise<TestN8n> {
	const { install, packed } = readPrepared();
	const { installPackage = installCommunityPackage, outside = await startExternalServices() } =
		options;
	const userFolder = await createTemporaryFolder();
	await installPackage(userFolder, packed);
	const port = await findFreePort();
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
		userFolder,
		outside,
		output: () => earlierOutput + n8n.output(),
		pid: () => n8n.pid,
		files: async () => await readFiles(userFolder),
		restart: async (whileStopped) => {
			await n8n.stop();
			earlierOutput += n8n.output();
			await whileStopped?.();
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

export async function createTemporaryFolder(): Promise<string> {
	return await mkdtemp(join(tmpdir(), 'n8n-nodes-celonis-'));
}

async function readFiles(folder: string): Promise<Map<string, string>> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile());
	const contents = files.map(async ({ parentPath, name }) => {
		const path = join(parentPath, name);
		return [path, await readFile(path, 'latin1')] as const;
	});
	return new Map(await Promise.all(contents));
}
