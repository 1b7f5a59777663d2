import { mkdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/n8n/command.mts';
import { provideN8n } from '../../scripts/n8n/n8nInstall.mts';
import { provideNodeRuntime } from '../../scripts/n8n/nodeRuntime.mts';
import { cacheFolder, packageRoot } from '../../scripts/n8n/paths.mts';
import { SetupError, getLastLines } from '../../scripts/n8n/setupError.mts';
import type { Installation } from './job.mts';

/** Prepares what the runs need: n8n from the cache, its Node.js, and a new build of this package. */
export async function prepareInstallation(): Promise<Installation & { node: string }> {
	const { command } = await provideN8n();
	const script = command.at(-1) ?? '';
	const n8n = join(dirname(script), '..', '..', '..');
	const { node } = await provideNodeRuntime();
	return { n8n, node, celonis: await build(n8n) };
}

/** Beside n8n, as community packages are: they use n8n's libraries. */
async function build(n8n: string): Promise<string> {
	const modules = join(cacheFolder, 'bench', 'node_modules');
	const target = join(modules, 'n8n-nodes-celonis');
	await rm(modules, { recursive: true, force: true });
	await mkdir(target, { recursive: true });
	const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
	const outDir = join(target, 'dist');
	const built = await run([process.execPath, tsc, '--outDir', outDir], { cwd: packageRoot });
	if (built.code !== 0) {
		throw new SetupError(`The package can't be built: ${getLastLines(built.output, 5)}`);
	}
	for (const library of ['n8n-workflow', 'luxon']) {
		await symlink(join(n8n, 'node_modules', library), join(modules, library), 'junction');
	}
	return target;
}
