/**
 * `npm start`: a real n8n with this package, a simulated or real Celonis team, an account, credentials
 * and example workflows. Keeps everything in `.cache`; a second start continues where the first ended.
 */
import { installCommunityPackage } from './n8n/communityPackage.mts';
import { readDemoState, writeDemoState } from './n8n/demoState.mts';
import { provideWritableFolder } from './n8n/folders.mts';
import { tryLock, withLock, type Lock } from './n8n/lock.mts';
import { provideN8n } from './n8n/n8nInstall.mts';
import { createCrashError, getLogFile, startN8n } from './n8n/n8nProcess.mts';
import { buildAndPack } from './n8n/pack.mts';
import { cacheFolder, formatPath, packageRoot } from './n8n/paths.mts';
import { requireFreePort, suggestPort } from './n8n/ports.mts';
import { provision } from './n8n/provision.mts';
import { RestError } from './n8n/rest.mts';
import { readStartSettings, type StartSettings } from './n8n/settings.mts';
import { SetupError, toSetupError } from './n8n/setupError.mts';
import { startSimulatedTeam } from './n8n/simulatedTeam.mts';
import { findUnknownVariables } from './n8n/team.mts';
import { formatWelcome } from './n8n/welcome.mts';
import { wrap } from './n8n/wrap.mts';
import { readReport } from './probe/files.mts';
import { printLine } from './printLine.mts';
import { behaveLike } from '../test/celonis/like.mts';

async function start(interrupted: AbortSignal): Promise<void> {
	const settings = readStartSettings(process.env);
	const unknown = findUnknownVariables(process.env);
	if (unknown.length > 0) printLine(wrap(`Not used, see CONTRIBUTING.md: ${unknown.join(', ')}.`));
	await provideWritableFolder(cacheFolder);
	await requireFreePort(settings.port);
	const home = await lockHome(settings);
	try {
		await runN8n(settings, interrupted);
	} finally {
		await home.release();
	}
}

async function runN8n(settings: StartSettings, interrupted: AbortSignal): Promise<void> {
	const { userFolder, port, team: realTeam, reportFile } = settings;
	const like = reportFile === undefined ? undefined : behaveLike(await readReport(reportFile));
	const install = await provideN8n(interrupted);
	await withLock(
		`build ${packageRoot}`,
		async () => {
			printLine('Building and packing this package …');
			await installCommunityPackage(userFolder, await buildAndPack(interrupted));
		},
		{ onWait: () => printLine('Another npm start is building. Waiting …'), signal: interrupted },
	);

	const state = await readDemoState(userFolder);
	const simulated = realTeam ? undefined : await startSimulatedTeam(port + 2, state, like);
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
			const end = await n8n.ended;
			if (!end.stopped) throw createCrashError(n8n, end);
		} finally {
			await n8n.stop();
		}
	} finally {
		await simulated?.simulator.close();
	}
}

/** Two n8n on one folder would share a database. */
async function lockHome({ userFolder, port }: StartSettings): Promise<Lock> {
	const lock = await tryLock(`home ${await provideWritableFolder(userFolder)}`);
	if (lock) return lock;
	const other = process.env.N8N_DEMO_HOME ? 'N8N_DEMO_HOME' : `N8N_PORT=${suggestPort(port)}`;
	throw new SetupError(
		`Another npm start uses ${formatPath(userFolder)}. Stop it, or set another ${other}.`,
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
} catch (thrown) {
	const error = toSetupError(thrown);
	if (interruption.signal.aborted) printLine('Stopped before n8n was ready.');
	else if (error instanceof SetupError || error instanceof RestError)
		process.stderr.write(`\n${wrap(error.message)}\n`);
	else process.stderr.write(`\n${error instanceof Error ? error.stack : String(error)}\n`);
	process.exitCode = 1;
}
