/**
 * `npm run conformance`: the tests that only read, against the team of the environment, or else against a
 * simulated one. Further arguments are those of jest. Exits with jest's code.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { setUp } from '../test/conformance/setUp.mts';
import { packageRoot } from './n8n/paths.mts';
import { SetupError } from './n8n/setupError.mts';
import { wrap } from './n8n/wrap.mts';

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const config = ['--config', 'jest.conformance.config.cjs', '--runInBand'];

try {
	const { environment, close } = await setUp(process.env);
	const child = spawn(process.execPath, [jest, ...config, ...process.argv.slice(2)], {
		cwd: packageRoot,
		env: { ...process.env, ...environment },
		stdio: 'inherit',
	});
	const [code] = (await once(child, 'exit')) as [number | null];
	await close();
	process.exitCode = code ?? 1;
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	process.stderr.write(`${wrap(error.message)}\n`);
	process.exitCode = 1;
}
