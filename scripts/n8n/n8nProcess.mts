import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createN8nEnvironment } from './environment.mts';
import type { N8nInstall } from './n8nInstall.mts';
import { findFreePort } from './ports.mts';
import { SetupError, getLastLines } from './setupError.mts';
import { waitFor } from './waitFor.mts';
import { cutLines } from './wrap.mts';

export interface N8nProcess {
	readonly url: string;
	readonly pid: number;
	/** The output of n8n since its start, stdout and stderr. */
	output(): string;
	/** Resolves once the editor responds, or the worker is ready; rejects if n8n exits before, or after a timeout. */
	ready(): Promise<void>;
	/** Stops n8n gracefully, by its process id. */
	stop(): Promise<void>;
	/** Kills n8n immediately. */
	kill(): Promise<void>;
	/** Resolves when n8n has exited. */
	readonly ended: Promise<N8nEnd>;
}

export interface N8nEnd {
	/** Whether it was requested. */
	stopped: boolean;
	/** How it exited, such as `exit code 1`. */
	how: string;
}

export type Role = 'main' | 'worker';

export interface N8nOptions {
	install: N8nInstall;
	userFolder: string;
	port: number;
	/** The whole of n8n, or a worker, which runs the executions that n8n's main process queues. */
	role?: Role;
	extra?: Record<string, string>;
	/** How long n8n may take until it responds. A first start sets up its database. */
	timeoutMs?: number;
	/** Stops the waiting, and n8n. */
	signal?: AbortSignal;
}

/** Starts n8n and returns once it is ready. */
export async function startN8n(options: N8nOptions): Promise<N8nProcess> {
	const n8n = await launchN8n(options);
	try {
		await n8n.ready();
	} catch (error) {
		await n8n.stop();
		throw error;
	}
	return n8n;
}

/** Starts n8n and returns immediately. Its output goes to `n8n.log` in the user folder. */
export async function launchN8n(options: N8nOptions): Promise<N8nProcess> {
	const { userFolder, port, role = 'main', timeoutMs = 180_000, signal } = options;
	await mkdir(userFolder, { recursive: true });
	const child = spawnN8n(options, role, await findFreePort());
	let failure: Error | undefined;
	child.once('error', (error) => (failure = error));
	const control = controlProcess(child);
	const n8n: N8nProcess = {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		output: () => readFileSync(getLogFile(userFolder), 'utf8'),
		ready: async () => {
			const startedMs = Date.now();
			await waitFor(() => isReady[role](n8n), {
				description: 'n8n to respond',
				timeoutMs: Infinity,
				check: () => {
					signal?.throwIfAborted();
					if (failure) throw new SetupError(`n8n cannot be started: ${failure.message}`);
					const end = control.getEnd();
					if (end) throw createCrashError(n8n, end);
					if (Date.now() - startedMs > timeoutMs) throw createTimeoutError(n8n, timeoutMs);
				},
			});
		},
		stop: control.stop,
		kill: control.kill,
		ended: control.ended,
	};
	return n8n;
}

function spawnN8n(
	{ install, userFolder, port, extra }: N8nOptions,
	role: Role,
	brokerPort: number,
): ChildProcess {
	const [program = '', ...first] = install.command;
	const log = openSync(getLogFile(userFolder), 'w');
	const child = spawn(program, [...first, COMMANDS[role]], {
		cwd: userFolder,
		env: createN8nEnvironment({
			userFolder,
			port,
			brokerPort,
			node: install.node,
			program: first[0] ?? program,
			extra,
		}),
		// The channel closes when this process is gone, which tells n8n to exit.
		stdio: ['ignore', log, log, 'ipc'],
	});
	closeSync(log);
	return child;
}

/** Stops and kills a process, and knows whether it has exited. */
function controlProcess(child: ChildProcess) {
	let stopped = false;
	let end: N8nEnd | undefined;
	const ended = once(child, 'close').then(
		([code, signal]: Array<number | string | null>): N8nEnd => {
			end = { stopped, how: signal === null ? `exit code ${code}` : `signal ${signal}` };
			return end;
		},
		(): N8nEnd => ({ stopped, how: 'not started' }),
	);
	return {
		ended,
		getEnd: () => end,
		stop: async () => {
			stopped = true;
			if (!end) child.kill('SIGTERM');
			const forced = setTimeout(() => child.kill('SIGKILL'), MAX_STOP_MS);
			await ended;
			clearTimeout(forced);
		},
		kill: async () => {
			stopped = true;
			if (!end) child.kill('SIGKILL');
			await ended;
		},
	};
}

export function getLogFile(userFolder: string): string {
	return join(userFolder, 'n8n.log');
}

/** The error if n8n has exited by itself, with its last output. */
export function createCrashError(n8n: N8nProcess, { how }: N8nEnd): SetupError {
	return new SetupError(`n8n has ended by itself (${how}). ${formatLastOutput(n8n)}`);
}

function createTimeoutError(n8n: N8nProcess, timeoutMs: number): SetupError {
	const seconds = Math.round(timeoutMs / 1000);
	return new SetupError(`n8n was not ready within ${seconds} s. ${formatLastOutput(n8n)}`);
}

function formatLastOutput(n8n: N8nProcess): string {
	const lines = cutLines(getLastLines(n8n.output(), 15));
	return lines === '' ? 'It printed nothing.' : `Its last lines:\n${lines}`;
}

/** n8n takes up to 10 seconds to exit gracefully: see environment.mts. */
const MAX_STOP_MS = 15_000;

const COMMANDS: Record<Role, string> = { main: 'start', worker: 'worker' };

/**
 * n8n responds long before its database is set up, and does not stop cleanly before it has printed that
 * its editor is accessible. A worker has no editor.
 */
const isReady: Record<Role, (n8n: N8nProcess) => Promise<true | undefined>> = {
	main: async (n8n) => {
		if (!n8n.output().includes('Editor is now accessible')) return undefined;
		const response = await fetch(`${n8n.url}/healthz/readiness`).catch(() => undefined);
		return response?.ok ? true : undefined;
	},
	worker: async (n8n) => (n8n.output().includes('n8n worker is now ready') ? true : undefined),
};
