/**
 * `npm run compat -- --n8n 2.11.2`: tests the package with another version of n8n. Installs it into
 * `.cache` the first time, and runs the end-to-end tests that need no browser and no specific version.
 */
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { packageRoot } from './n8n/paths.mts';
import { N8N_VERSION, NODE_VERSION } from './n8n/versions.mts';
import { getEngines } from '../test/e2e/support/engines.mts';

const tests = ['package', 'credentials', 'list', 'trigger'];

const version = parseVersion();
process.stdout.write(
	`n8n ${version} on Node.js ${NODE_VERSION}, poll engines: ${Object.keys(getEngines(version)).join(', ')}\n`,
);
const jest = join(packageRoot, 'node_modules', 'jest', 'bin', 'jest.js');
const files = tests.map((name) => `test/e2e/${name}.test.mts`);
const { status } = spawnSync(
	process.execPath,
	[jest, '--config', 'jest.e2e.config.cjs', '--runInBand', ...files],
	{
		cwd: packageRoot,
		env: { ...process.env, N8N_VERSION: version, N8N_BIN: '' },
		stdio: 'inherit',
	},
);
process.exitCode = status ?? 1;

/** Bad input exits with code 2 and a line that says what is wrong. */
function parseVersion(): string {
	try {
		const { n8n = N8N_VERSION } = parseArgs({ options: { n8n: { type: 'string' } } }).values;
		if (/^\d+\.\d+\.\d+$/.test(n8n)) return n8n;
		throw new Error(`'--n8n' must be a version such as ${N8N_VERSION}.`);
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(2);
	}
}
