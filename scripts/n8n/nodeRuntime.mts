import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { getOrCreateCached, exists } from './cache.mts';
import { runNpmOrFail } from './npm.mts';
import { withProgress } from './progress.mts';
import { NODE_MAJOR, NODE_VERSION } from './versions.mts';

export interface NodeRuntime {
	/** Path of the executable. */
	node: string;
	/** Folder with `include/node` for native modules. */
	headers: string | undefined;
}

/** The Node.js for n8n: this one if its version is suitable, else one from the npm registry. */
export async function provideNodeRuntime(signal?: AbortSignal): Promise<NodeRuntime> {
	if (isSuitableNode()) return await describe(process.execPath);
	const name = `node-${getPlatformPackage().slice('node-'.length)}-${NODE_VERSION}`;
	const folder = await getOrCreateCached(
		name,
		async (target) => {
			await writeFile(join(target, 'package.json'), '{ "private": true }\n');
			const install = runNpmOrFail(
				`Downloading Node.js ${NODE_VERSION}`,
				['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'].concat([
					'--fetch-retry-mintimeout=1000',
					`${getPlatformPackage()}@${NODE_VERSION}`,
				]),
				{ cwd: target, signal },
			);
			await withProgress(`Node.js ${NODE_VERSION}`, install, target);
		},
		signal,
	);
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	return await describe(join(folder, 'node_modules', getPlatformPackage(), 'bin', executable));
}

/** Whether this Node.js can run n8n too. */
export function isSuitableNode(): boolean {
	return Number(process.versions.node.split('.')[0]) === NODE_MAJOR;
}

/** npm's packages of Node.js are named after platform and processor. */
function getPlatformPackage(): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return `node-${platform}-${process.arch}`;
}

async function describe(node: string): Promise<NodeRuntime> {
	const folder = join(dirname(node), '..');
	const headers = (await exists(join(folder, 'include', 'node', 'node.h'))) ? folder : undefined;
	return { node, headers };
}
