import { access, constants, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { getOrCreateCached, exists, requireDiskSpace } from './cache.mts';
import { provideNodeRuntime, isSuitableNode, type NodeRuntime } from './nodeRuntime.mts';
import { runNpmOrFail } from './npm.mts';
import { cacheFolder, formatPath } from './paths.mts';
import { formatGigabytes, withProgress } from './progress.mts';
import { SetupError } from './setupError.mts';
import { printLine } from '../printLine.mts';
import { wrap } from './wrap.mts';
import { N8N_DISK_BYTES, N8N_VERSION, NODE_DISK_BYTES, NODE_VERSION } from './versions.mts';

export interface N8nInstall {
	/** Program and first arguments; n8n's own arguments follow. */
	command: string[];
	/** The folder of `node` for n8n's child processes. */
	node: string;
}

/**
 * The n8n to run: that of `N8N_BIN`, else the pinned version from the cache, installed there the first
 * time. Prints beforehand what will be downloaded.
 */
export async function provideN8n(signal?: AbortSignal): Promise<N8nInstall> {
	if (process.env.N8N_BIN) return await findGivenInstall(process.env.N8N_BIN);
	await announceDownload();
	const runtime = await provideNodeRuntime(signal);
	const folder = await getOrCreateCached(
		installName,
		(target) => install(target, runtime, signal),
		signal,
	);
	const script = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	return { command: [runtime.node, script], node: runtime.node };
}

const installName = `n8n-${N8N_VERSION}`;

async function findGivenInstall(bin: string): Promise<N8nInstall> {
	const path = resolve(bin);
	const file = await stat(path).catch(() => undefined);
	if (file === undefined) throw new SetupError(`N8N_BIN: there is no file ${bin}.`);
	if (!file.isFile()) throw new SetupError(`N8N_BIN is a folder, not n8n's program: ${bin}`);
	const runnable = await access(path, constants.X_OK).then(
		() => process.platform !== 'win32',
		() => false,
	);
	// An executable names its interpreter; a plain script runs with this Node.js.
	return { command: runnable ? [path] : [process.execPath, path], node: process.execPath };
}

async function announceDownload(): Promise<void> {
	if (await exists(join(cacheFolder, installName))) return;
	const node = isSuitableNode() ? '' : `Node.js ${NODE_VERSION} and `;
	const size = formatGigabytes(N8N_DISK_BYTES + NODE_DISK_BYTES);
	printLine(
		wrap(
			`The first start installs ${node}n8n ${N8N_VERSION} into ${formatPath(cacheFolder)}: about ${size} on disk, 5 to 15 minutes. Later starts take seconds.\n` +
				'(With an n8n of your own, N8N_BIN=/path/to/n8n npm start downloads nothing.)',
		),
	);
	await requireDiskSpace(1.3 * (N8N_DISK_BYTES + NODE_DISK_BYTES));
}

/**
 * n8n before 2.32 downloads this package from a host other than npm's registry. Only spreadsheet nodes
 * use it.
 */
const overrides = { xlsx: '0.18.5' };

/** Without install scripts (one of n8n's dependencies downloads a binary), then the two that are needed. */
async function install(target: string, runtime: NodeRuntime, signal?: AbortSignal): Promise<void> {
	await writeFile(join(target, 'package.json'), JSON.stringify({ private: true, overrides }));
	const options = { cwd: target, node: runtime.node, signal };
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier'];
	const download = runNpmOrFail(
		`Installing n8n ${N8N_VERSION}`,
		['install', '--ignore-scripts', ...quiet, `n8n@${N8N_VERSION}`],
		options,
	);
	await withProgress(`n8n ${N8N_VERSION}`, download, target);
	const build = runNpmOrFail(
		"Preparing n8n's native modules",
		['rebuild', '--ignore-scripts=false', 'sqlite3', 'isolated-vm'],
		{ ...options, env: runtime.headers ? { npm_config_nodedir: runtime.headers } : {} },
	);
	await withProgress("n8n's native modules", build);
}
