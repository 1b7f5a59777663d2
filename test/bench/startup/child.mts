/** The first executions in a new process, in which only n8n's libraries have been loaded. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Engine } from '../engine.mts';
import { createLatestWorkflow } from '../workflows.mts';
import { watchModules } from './moduleCosts.mts';
import type { StartFigures, StartJob } from './job.mts';

const REQUEST_CHANNEL = 'http.client.request.start';

async function measureStart({ team, installation }: StartJob): Promise<StartFigures> {
	const require = createRequire(join(installation.n8n, 'node_modules', 'n8n', 'package.json'));
	for (const library of ['n8n-core', 'n8n-workflow', 'luxon']) require(library);
	const listModules = () =>
		Object.keys(require.cache).filter((path) =>
			path.startsWith(join(installation.celonis, 'dist')),
		);

	const getCosts = watchModules(join(installation.celonis, 'dist', 'nodes', 'Celonis'));
	const cpuBefore = process.cpuUsage();
	const startedAt = performance.now();
	for (const name of ['Celonis', 'CelonisTrigger']) {
		const path = join(installation.celonis, 'dist', 'nodes', 'Celonis', `${name}.node.js`);
		const module = require(path) as Record<string, new () => object>;
		new module[name]!();
	}
	const loadMs = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpuBefore);
	const costs = getCosts();
	const modules = listModules();

	const engine = await Engine.open(installation, team);
	const before = listModules().length;
	const workflow = createLatestWorkflow();
	const firstMs = await measureToFirstRequest(async () => void (await engine.run(workflow)));
	const secondMs = await measureToFirstRequest(async () => void (await engine.run(workflow)));
	return {
		loadMs,
		loadCpuMs: (user + system) / 1000,
		costs,
		modules: modules.length,
		bytes: modules.reduce((sum, path) => sum + statSync(path).size, 0),
		firstMs,
		secondMs,
		lateModules: listModules().length - before,
	};
}

/** How long it takes until a request is sent. */
async function measureToFirstRequest(run: () => Promise<void>): Promise<number> {
	const startedAt = performance.now();
	let requestedAt: number | undefined;
	const onRequest = () => {
		requestedAt ??= performance.now();
	};
	subscribe(REQUEST_CHANNEL, onRequest);
	await run();
	unsubscribe(REQUEST_CHANNEL, onRequest);
	if (requestedAt === undefined) throw new Error('No request was sent');
	return requestedAt - startedAt;
}

const [job] = (await once(process, 'message')) as [StartJob];
const outcome = await measureStart(job).then(
	(result) => ({ result }),
	(error: unknown) => ({ error: error instanceof Error ? (error.stack ?? error.message) : error }),
);
process.send?.(outcome, () => process.exit());
