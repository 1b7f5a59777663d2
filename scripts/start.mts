/**
 * `npm start`: a real n8n with this package, a simulated or real Celonis team, an account, credentials
 * and example workflows. Keeps everything in `.cache`; a second start continues where the first ended.
 */
import { join, resolve } from 'node:path';
import { installCommunityPackage } from './n8n/communityPackage.mts';
import { readDemoState, writeDemoState } from './n8n/demoState.mts';
import { provideN8n } from './n8n/n8nInstall.mts';
import { createCrashError, getLogFile, startN8n } from './n8n/n8nProcess.mts';
import { buildAndPack } from './n8n/pack.mts';
import { cacheFolder, formatPath } from './n8n/paths.mts';
import { isFree } from './n8n/ports.mts';
import { provision } from './n8n/provision.mts';
import { SetupError } from './n8n/setupError.mts';
import { startSimulatedTeam } from './n8n/simulatedTeam.mts';
import { readTeamFromEnvironment } from './n8n/team.mts';
import { formatWelcome } from './n8n/welcome.mts';
import { printLine } from './printLine.mts';

async function start(interrupted: AbortSignal): Promise<void> {
	const userFolder = resolve(process.env.N8N_DEMO_HOME ?? join(cacheFolder, 'n8n-home'));
	const realTeam = readTeamFromEnvironment(process.env);
	const port = await parsePort();
	const install = await provideN8n(interrupted);

	printLine('Building and packing this package …');
	const packed = await buildAndPack(interrupted);
	await installCommunityPackage(userFolder, packed);

	const state = await readDemoState(userFolder);
	const simulated = realTeam ? undefined : await startSimulatedTeam(port + 2, state);
	try {
		printLine('Starting n8n …');
		const n8n = await startN8n({ install, userFolder, port, signal: interrupted });
		const stop = () => void n8n.stop();
		interrupted.addEventListener('abort', stop);
		try {
			const team = realTeam ?? simulated!.team;
			const provisioned = await provision(n8n.url, team, state);
			await writeDemoState(userFolder, state);
			if (!interrupted.aborted)
				printLine(formatWelcome(port, team, provisioned, formatPath(getLogFile(userFolder))));
			const { stopped } = await n8n.ended;
			if (!stopped) throw createCrashError(n8n);
		} finally {
			await n8n.stop();
		}
	} finally {
		await simulated?.simulator.close();
	}
}

async function parsePort(): Promise<number> {
	const text = process.env.N8N_PORT ?? '5678';
	const port = Number(text);
	if (!Number.isInteger(port) || port < 1 || port > 65_533) {
		throw new SetupError(`N8N_PORT is not a port number: ${text}.`);
	}
	if (await isFree(port)) return port;
	throw new SetupError(
		`Port ${port} is in use, perhaps by an n8n that is running already. Stop that, or choose another port: N8N_PORT=${port + 10} npm start`,
	);
}

const interruption = new AbortController();
const interrupt = () => {
	if (!interruption.signal.aborted) printLine('\nStopping …');
	interruption.abort();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

// npm exits without passing a signal on to its child processes.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && interrupt(), 500);
if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
watch.unref();

try {
	await start(interruption.signal);
	if (interruption.signal.aborted) printLine('n8n has stopped.');
} catch (error) {
	if (interruption.signal.aborted) printLine('Stopped before n8n was ready.');
	else if (error instanceof SetupError) process.stderr.write(`\n${error.message}\n`);
	else process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
}
