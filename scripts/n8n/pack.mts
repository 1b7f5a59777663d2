import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpmOrFail } from './npm.mts';
import { cacheFolder, packageRoot } from './paths.mts';

export interface PackedPackage {
	tarball: string;
	/** Changes whenever the content does. */
	hash: string;
}

/** Builds this package and packs it as `npm publish` does. */
export async function buildAndPack(signal?: AbortSignal): Promise<PackedPackage> {
	const destination = join(cacheFolder, 'package');
	await mkdir(destination, { recursive: true });
	const options = { cwd: packageRoot, signal };
	await runNpmOrFail('Building the package', ['run', '--silent', 'build'], options);
	const response = await runNpmOrFail(
		'Packing the package',
		['pack', '--json', '--ignore-scripts', '--pack-destination', destination],
		options,
	);
	const [packed] = JSON.parse(response) as Array<{ filename: string }>;
	const tarball = join(destination, packed!.filename);
	const content = await readFile(tarball);
	return { tarball, hash: createHash('sha256').update(content).digest('hex') };
}
