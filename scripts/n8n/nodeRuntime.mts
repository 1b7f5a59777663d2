import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cached, exists } from './cache.mts';
import { npmOrFail } from './npm.mts';
import { withProgress } from './progress.mts';
import { NODE_MAJOR, NODE_VERSION } from './versions.mts';

export interface NodeRuntime {
	/** Path of the executable. */
	node: string;
	/** Folder with `include/node`, against which native modules are built. */
	headers: string | undefined;
}

/** The Node.js that n8n runs under: this one where its version is right, else one from the npm registry. */
export async function nodeRuntime(signal?: AbortSignal): Promise<NodeRuntime> {
	if (runsRightNode()) return await describe(process.execPath);
	const name = `node-${platformPackage().slice('node-'.length)}-${NODE_VERSION}`;
	const folder = await cached(name, async (target) => {
		await writeFile(join(target, 'package.json'), '{ "private": true }\n');
		const install = npmOrFail(
			`Downloading Node.js ${NODE_VERSION}`,
			['install', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries=1'].concat([
				'--fetch-retry-mintimeout=1000',
				`${platformPackage()}@${NODE_VERSION}`,
			]),
			{ cwd: target, signal },
		);
		await withProgress(`Node.js ${NODE_VERSION}`, install, target);
	});
	const executable = process.platform === 'win32' ? 'node.exe' : 'node';
	return await describe(join(folder, 'node_modules', platformPackage(), 'bin', executable));
}

/** Whether the Node.js that runs this can run n8n as well. */
export function runsRightNode(): boolean {
	return Number(process.versions.node.split('.')[0]) === NODE_MAJOR;
}

/** npm's packages that hold a whole Node.js are named after platform and processor. */
function platformPackage(): string {
	const platform = process.platform === 'win32' ? 'win' : process.platform;
	return `node-${platform}-${process.arch}`;
}

async function describe(node: string): Promise<NodeRuntime> {
	const folder = join(dirname(node), '..');
	const headers = (await exists(join(folder, 'include', 'node', 'node.h'))) ? folder : undefined;
	return { node, headers };
}
