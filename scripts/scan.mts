/**
 * `npm run scan`: lints the source, and the package as it would be published, with the rules by which
 * n8n verifies community packages. Fails on any error and any warning.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SOURCE_FILE_PATTERNS } from '@n8n/scan-community-package/scanner/scanner.mjs';
import { buildAndPack } from './n8n/pack.mts';
import { packageRoot } from './n8n/paths.mts';
import { unpack } from './n8n/unpack.mts';
import { scanFolder, type Scan } from './scan/scanFolder.mts';

/** The files of a published package that n8n's scanner lints; source files are linted in the repository. */
const publishedFiles = ['**/*.js', 'package.json'];

const { values } = parseArgs({
	options: { source: { type: 'string' }, tarball: { type: 'string' } },
});
const { source = packageRoot, tarball = (await buildAndPack()).tarball } = values;

const unpacked = await mkdtemp(join(tmpdir(), 'n8n-nodes-celonis-scan-'));
try {
	await unpack(tarball, unpacked);
	printScan('source', await scanFolder(source, SOURCE_FILE_PATTERNS));
	printScan('published package', await scanFolder(unpacked, publishedFiles));
} finally {
	await rm(unpacked, { recursive: true, force: true });
}

function printScan(what: string, { files, findings, report }: Scan): void {
	process.stdout.write(`${report}${what}: ${files} files, ${findings} findings\n`);
	if (findings > 0) process.exitCode = 1;
}
