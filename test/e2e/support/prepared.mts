import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { n8nInstall, type N8nInstall } from '../../../scripts/n8n/n8nInstall.mts';
import { buildAndPack, type PackedPackage } from '../../../scripts/n8n/pack.mts';
import { cacheFolder } from '../../../scripts/n8n/paths.mts';

/** What is there before the first test runs. */
export interface Prepared {
	install: N8nInstall;
	packed: PackedPackage;
}

/** Sees to it that there is an n8n in the cache, and this package built and packed, as for `npm start`. */
export async function prepare(): Promise<void> {
	const prepared: Prepared = { install: await n8nInstall(), packed: await buildAndPack() };
	await writeFile(preparedFile, JSON.stringify(prepared));
}

export function prepared(): Prepared {
	return JSON.parse(readFileSync(preparedFile, 'utf8')) as Prepared;
}

const preparedFile = join(cacheFolder, 'e2e.json');
