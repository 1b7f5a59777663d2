/** How much memory a push takes: `npm run bench:push -- [rows]`. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { defaultPoolId, wideAppKey } from '../../celonis/access.mts';
import { startSimulator, type Simulator } from '../../celonis/simulator.mts';
import { prepareInstallation } from '../installation.mts';
import { LOOK, type PushFigures, type PushJob } from './job.mts';

/** The answers of Celonis come late, so that the process can look while a chunk is under way. */
const TIME_TO_LOOK_MS = 500;

const CHUNKS_MEGABYTES = [1, 8, 64];

async function main(rows: number): Promise<void> {
	if (!(rows > 0)) throw new Error('Give a number of rows');
	const { node, ...installation } = await prepareInstallation();
	for (const chunkMegabytes of CHUNKS_MEGABYTES) {
		const celonis = await startSimulator();
		const team = { url: celonis.url, appKey: wideAppKey.key };
		const job = { team, installation, dataPoolId: defaultPoolId, rows, chunkMegabytes };
		say(lineOf(job, await pushInChild(job, node, celonis), celonis));
		await celonis.close();
	}
}

function lineOf({ rows, chunkMegabytes }: PushJob, figures: PushFigures, celonis: Simulator) {
	const { ms, peakBytes, liveBytes, itemBytes } = figures;
	const uploads = celonis.requests.flatMap(({ parts }) => parts?.file ?? []);
	const sent = uploads.reduce((sum, bytes) => sum + bytes, 0);
	const there = celonis.dataPools.table('EVENTS')?.rows.length ?? 0;
	if (there !== rows) throw new Error(`${there} rows arrived, ${rows} were pushed`);
	return [
		`${rows} rows in chunks of ${chunkMegabytes} MB:`,
		`${(ms / 1000).toFixed(1)} s,`,
		`${megabytes(sent)} MB in ${uploads.length - 1} chunks;`,
		`items ${megabytes(itemBytes)} MB, alive besides them at most ${megabytes(liveBytes)} MB,`,
		`highest resident memory above them ${megabytes(peakBytes)} MB`,
	].join(' ');
}

async function pushInChild(job: PushJob, node: string, celonis: Simulator): Promise<PushFigures> {
	const child = fork(fileURLToPath(new URL('child.mts', import.meta.url)), [], {
		execPath: node,
		execArgv: ['--expose-gc', '--import', 'tsx'],
		env: { ...process.env, NODE_ENV: 'production', N8N_LOG_LEVEL: 'silent' },
	});
	child.send(job);
	celonis.behaviour.latencyMs = TIME_TO_LOOK_MS;
	celonis.faults.decide = ({ path }) => {
		if (path.endsWith('/chunks/upserted')) child.send(LOOK);
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

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(0);

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

await main(Number(process.argv[2] ?? 100_000));
