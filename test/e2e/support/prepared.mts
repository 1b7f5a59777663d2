import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { provideN8n, type N8nInstall } from '../../../scripts/n8n/n8nInstall.mts';
import { buildAndPack, type PackedPackage } from '../../../scripts/n8n/pack.mts';
import { cacheFolder } from '../../../scripts/n8n/paths.mts';

/** What is prepared before the first test. */
export interface Prepared {
	install: N8nInstall;
	packed: PackedPackage;
}

/** Installs n8n in the cache, and builds and packs this package, as `npm start` does. */
export async function prepare(): Promise<void> {
	const prepared: Prepared = { install: await provideN8n(), packed: await buildAndPack() };
	await writeFile(preparedFile, JSON.stringify(prepared));
}

export function readPrepared(): Prepared {
	return JSON.parse(readFileSync(preparedFile, 'utf8')) as Prepared;
}

const preparedFile = join(cacheFolder, 'e2e.json');
