import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { N8nInstall } from '../../../scripts/n8n/n8nInstall.mts';
import type { PackedPackage } from '../../../scripts/n8n/pack.mts';
import { cacheFolder } from '../../../scripts/n8n/paths.mts';

/** What is there before the first test runs. */
export interface Prepared {
	install: N8nInstall;
	packed: PackedPackage;
}

export const preparedFile = join(cacheFolder, 'e2e.json');

export function prepared(): Prepared {
	return JSON.parse(readFileSync(preparedFile, 'utf8')) as Prepared;
}
