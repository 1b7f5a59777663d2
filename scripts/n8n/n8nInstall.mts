import { access, constants, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cached, exists, requireDiskSpace } from './cache.mts';
import { nodeRuntime, runsRightNode, type NodeRuntime } from './nodeRuntime.mts';
import { npmOrFail } from './npm.mts';
import { cacheFolder, shown } from './paths.mts';
import { gigabytes, withProgress } from './progress.mts';
import { SetupError } from './setupError.mts';
import { N8N_DISK_BYTES, N8N_VERSION, NODE_DISK_BYTES, NODE_VERSION } from './versions.mts';

export interface N8nInstall {
	/** Program and first arguments; n8n's own arguments follow. */
	command: string[];
	/** Where `node` is found first by whatever n8n starts. */
	node: string;
}

/**
 * The n8n to run: the one that `N8N_BIN` names, else the pinned version from the cache, installed there
 * the first time. Says beforehand what will be downloaded.
 */
export async function n8nInstall(signal?: AbortSignal): Promise<N8nInstall> {
	if (process.env.N8N_BIN) return await givenInstall(process.env.N8N_BIN);
	await announceDownload();
	const runtime = await nodeRuntime(signal);
	const folder = await cached(installName, (target) => install(target, runtime, signal));
	const script = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	return { command: [runtime.node, script], node: runtime.node };
}

const installName = `n8n-${N8N_VERSION}`;

async function givenInstall(bin: string): Promise<N8nInstall> {
	const path = resolve(bin);
	if (!(await exists(path)))
		throw new SetupError(`N8N_BIN names ${bin}, and there is no such file.`);
	const runnable = await access(path, constants.X_OK).then(
		() => process.platform !== 'win32',
		() => false,
	);
	// A program says itself what runs it; a bare script runs under the Node.js that runs this.
	return { command: runnable ? [path] : [process.execPath, path], node: process.execPath };
}

async function announceDownload(): Promise<void> {
	if (await exists(join(cacheFolder, installName))) return;
	const node = runsRightNode() ? '' : `Node.js ${NODE_VERSION} and `;
	process.stdout.write(
		`The first start installs ${node}n8n ${N8N_VERSION} into ${shown(cacheFolder)}: about ` +
			`${gigabytes(N8N_DISK_BYTES + NODE_DISK_BYTES)} on disk, 5 to 15 minutes. Later starts take seconds.\n` +
			'(With an n8n of your own, N8N_BIN=/path/to/n8n npm start downloads nothing.)\n',
	);
	await requireDiskSpace(1.3 * (N8N_DISK_BYTES + NODE_DISK_BYTES));
}

/**
 * n8n before 2.32 takes this one package from a host other than npm's registry. Only nodes that read
 * and write spreadsheets use it.
 */
const overrides = { xlsx: '0.18.5' };

/** No install scripts (one of n8n's many dependencies fetches a binary from elsewhere), then the two needed. */
async function install(target: string, runtime: NodeRuntime, signal?: AbortSignal): Promise<void> {
	await writeFile(join(target, 'package.json'), JSON.stringify({ private: true, overrides }));
	const options = { cwd: target, node: runtime.node, signal };
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
	const download = npmOrFail(
		`Installing n8n ${N8N_VERSION}`,
		['install', '--ignore-scripts', ...quiet, `n8n@${N8N_VERSION}`],
		options,
	);
	await withProgress(`n8n ${N8N_VERSION}`, download, target);
	const build = npmOrFail(
		"Preparing n8n's native modules",
		['rebuild', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'],
		{ ...options, env: runtime.headers ? { npm_config_nodedir: runtime.headers } : {} },
	);
	await withProgress("n8n's native modules", build);
}
