/** How much memory a push takes: `npm run bench:push -- [rows]`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defaultPoolId, fullAccessAppKey } from '../../celonis/access.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { prepareInstallation } from '../installation.mts';
import { MEASURE, type PushFigures, type PushJob } from './job.mts';
import { printLine } from '../../../scripts/printLine.mts';

/** The latency of Celonis, so that the process can measure during an upload. */
const LATENCY_MS = 500;

const CHUNKS_MEGABYTES = [1, 8, 64];

async function main(rows: number): Promise<void> {
	if (!(rows > 0)) throw new Error('Give a number of rows');
	const { node, ...installation } = await prepareInstallation();
	for (const chunkMegabytes of CHUNKS_MEGABYTES) {
		const celonis = await startSimulator();
		const team = { url: celonis.url, appKey: fullAccessAppKey.key };
		const job = { team, installation, dataPoolId: defaultPoolId, rows, chunkMegabytes };
		printLine(formatFigures(job, await pushInChild(job, node, celonis), celonis));
		await celonis.close();
	}
}

function formatFigures(
	{ rows, chunkMegabytes }: PushJob,
	figures: PushFigures,
	celonis: Simulator,
) {
	const { ms, peakBytes, liveBytes, itemBytes } = figures;
	const uploads = celonis.requests.flatMap(({ parts }) => parts?.file ?? []);
	const sent = uploads.reduce((sum, bytes) => sum + bytes, 0);
	const there = celonis.dataPools.getTable('EVENTS')?.rows.length ?? 0;
	if (there !== rows) throw new Error(`${there} rows arrived, ${rows} were pushed`);
	return [
		`${rows} rows in chunks of ${chunkMegabytes} MB:`,
		`${(ms / 1000).toFixed(1)} s,`,
		`${formatMegabytes(sent)} MB in ${uploads.length - 1} chunks;`,
		`items ${formatMegabytes(itemBytes)} MB, alive besides them at most ${formatMegabytes(liveBytes)} MB,`,
		`highest resident memory above them ${formatMegabytes(peakBytes)} MB`,
	].join(' ');
}

async function pushInChild(job: PushJob, node: string, celonis: Simulator): Promise<PushFigures> {
	const child = fork(fileURLToPath(new URL('child.mts', import.meta.url)), [], {
		execPath: node,
		execArgv: ['--expose-gc', '--import', 'tsx'],
		env: { ...process.env, NODE_ENV: 'production', N8N_LOG_LEVEL: 'silent' },
	});
	child.send(job);
	celonis.behaviour.latencyMs = LATENCY_MS;
	celonis.faults.decide = ({ path }) => {
		if (path.endsWith('/chunks/upserted')) child.send(MEASURE);
		return undefined;
	};
	return await new Promise((resolve, reject) => {
		child.once('error', reject);
		child.once('exit', (code, signal) => reject(new Error(`It ended with ${code ?? signal}`)));
		child.on('message', (message: { result?: PushFigures; error?: unknown }) => {
			if (message.error !== undefined) reject(new Error(String(message.error)));
			else if (message.result) resolve(message.result);
			else child.send(celonis.requests.length);
		});
	});
}

const formatMegabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

await main(Number(process.argv[2] ?? 100_000));
