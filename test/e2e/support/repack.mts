import { appendFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runNpmOrFail } from '../../../scripts/n8n/npm.mts';
import { unpack } from '../../../scripts/n8n/unpack.mts';

export type Manifest = Record<string, unknown>;

/** Unpacks a package into a new folder below `workFolder`, changes it and packs it. Returns the tarball. */
export async function repack(
	tarball: string,
	workFolder: string,
	change: (folder: string) => Promise<void>,
): Promise<string> {
	const folder = await mkdtemp(join(workFolder, 'repacked-'));
	await unpack(tarball, folder);
	await change(folder);
	const pack = ['pack', '--json', '--ignore-scripts'];
	const response = await runNpmOrFail('Packing a changed package', pack, { cwd: folder });
	const [packed] = JSON.parse(response) as Array<{ filename: string }>;
	return join(folder, packed!.filename);
}

/** Sets or, with `undefined`, removes fields of a `package.json`. */
export async function changeManifest(folder: string, fields: Manifest): Promise<void> {
	const path = join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest;
	await writeFile(path, JSON.stringify({ ...manifest, ...fields }, null, '\t'));
}

/** Adds lines of code at the end of a file. */
export async function addCode(folder: string, file: string, code: string): Promise<void> {
	await appendFile(join(folder, file), `\n${code}\n`);
}
