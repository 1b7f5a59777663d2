import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PackedPackage } from './pack.mts';
import { unpack } from './unpack.mts';

interface Manifest {
	name: string;
	version: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
}

interface Ledger {
	name: string;
	private: boolean;
	dependencies: Record<string, string>;
}

/**
 * Installs a packed package in an n8n user folder as n8n's community-package screen does: unpacked below
 * `.n8n/nodes`, listed in the `package.json` there, without its peer dependencies, which n8n provides.
 * (n8n itself installs only from a registry.) Does nothing if the same tarball is installed. n8n must
 * not be running.
 */
export async function installCommunityPackage(
	userFolder: string,
	{ tarball, hash }: PackedPackage,
): Promise<void> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const mark = join(nodesFolder, '.celonis-package');
	if ((await readFile(mark, 'utf8').catch(() => '')) === hash) return;

	const unpacked = join(nodesFolder, '.unpacked');
	await rm(unpacked, { recursive: true, force: true });
	await unpack(tarball, unpacked);

	const manifest = await removePeerDependencies(join(unpacked, 'package.json'));
	const installed = join(nodesFolder, 'node_modules', manifest.name);
	await rm(installed, { recursive: true, force: true });
	await mkdir(join(nodesFolder, 'node_modules'), { recursive: true });
	await rename(unpacked, installed);
	await registerPackage(manifest, join(nodesFolder, 'package.json'));
	await writeFile(mark, hash);
}

async function removePeerDependencies(path: string): Promise<Manifest> {
	const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeFile(path, JSON.stringify(manifest, null, 2));
	return manifest;
}

/** n8n's list of community packages; other entries stay. */
async function registerPackage({ name, version }: Manifest, path: string): Promise<void> {
	const text = await readFile(path, 'utf8').catch(() => '{}');
	const { dependencies } = JSON.parse(text) as Partial<Ledger>;
	const ledger: Ledger = {
		name: 'installed-nodes',
		private: true,
		dependencies: { ...dependencies, [name]: version },
	};
	await writeFile(path, JSON.stringify(ledger, null, 2));
}
