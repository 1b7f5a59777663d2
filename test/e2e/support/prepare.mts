/** Before all tests: an n8n in the cache, and this package built and packed, as for `npm start`. */
import { writeFile } from 'node:fs/promises';
import { n8nInstall } from '../../../scripts/n8n/n8nInstall.mts';
import { buildAndPack } from '../../../scripts/n8n/pack.mts';
import { SetupError } from '../../../scripts/n8n/setupError.mts';
import { preparedFile, type Prepared } from './prepared.mts';

try {
	const prepared: Prepared = { install: await n8nInstall(), packed: await buildAndPack() };
	await writeFile(preparedFile, JSON.stringify(prepared));
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	process.stderr.write(`${error.message}\n`);
	process.exitCode = 1;
}
