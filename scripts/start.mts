/**
 * `npm start`: a real n8n with this package installed, a Celonis to talk to, an account, credentials
 * and example workflows. Keeps everything in `.cache`; a second start takes up where the first ended.
 */
import { join, resolve } from 'node:path';
import { installCommunityPackage } from './n8n/communityPackage.mts';
import { readDemoState, writeDemoState } from './n8n/demoState.mts';
import { n8nInstall } from './n8n/n8nInstall.mts';
import { crashed, logFile, startN8n } from './n8n/n8nProcess.mts';
import { buildAndPack } from './n8n/pack.mts';
import { cacheFolder, shown } from './n8n/paths.mts';
import { isFree } from './n8n/ports.mts';
import { provision } from './n8n/provision.mts';
import { SetupError } from './n8n/setupError.mts';
import { startSimulatedTeam } from './n8n/simulatedTeam.mts';
import { teamFromEnvironment } from './n8n/team.mts';
import { welcome } from './n8n/welcome.mts';

async function start(interrupted: AbortSignal): Promise<void> {
	const userFolder = resolve(process.env.N8N_DEMO_HOME ?? join(cacheFolder, 'n8n-home'));
	const realTeam = teamFromEnvironment(process.env);
	const port = await wantedPort();
	const install = await n8nInstall(interrupted);

	say('Building and packing this package …');
	const packed = await buildAndPack(interrupted);
	await installCommunityPackage(userFolder, packed);

	const state = await readDemoState(userFolder);
	const simulated = realTeam ? undefined : await startSimulatedTeam(port + 2, state);
	try {
		say('Starting n8n …');
		const n8n = await startN8n({ install, userFolder, port, signal: interrupted });
		const stop = () => void n8n.stop();
		interrupted.addEventListener('abort', stop);
		try {
			const team = realTeam ?? simulated!.team;
			const provisioned = await provision(n8n.url, team, state);
			await writeDemoState(userFolder, state);
			if (!interrupted.aborted) say(welcome(port, team, provisioned, shown(logFile(userFolder))));
			const { stopped } = await n8n.ended;
			if (!stopped) throw crashed(n8n);
		} finally {
			await n8n.stop();
		}
	} finally {
		await simulated?.simulator.close();
	}
}

async function wantedPort(): Promise<number> {
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

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}

const interruption = new AbortController();
const interrupt = () => {
	if (!interruption.signal.aborted) say('\nStopping …');
	interruption.abort();
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);

// npm does not pass a signal on to what it has started: it just goes.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && interrupt(), 500);
if (process.env.npm_lifecycle_event === undefined) clearInterval(watch);
watch.unref();

try {
	await start(interruption.signal);
	if (interruption.signal.aborted) say('n8n has stopped.');
} catch (error) {
	if (interruption.signal.aborted) say('Stopped before n8n was ready.');
	else if (error instanceof SetupError) process.stderr.write(`\n${error.message}\n`);
	else process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
}
