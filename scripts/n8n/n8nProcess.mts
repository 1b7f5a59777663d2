import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { n8nEnvironment } from './environment.mts';
import type { N8nInstall } from './n8nInstall.mts';
import { freePort } from './ports.mts';
import { SetupError, lastLines } from './setupError.mts';
import { waitFor } from './waitFor.mts';

export interface N8nProcess {
	readonly url: string;
	readonly pid: number;
	/** What n8n has written since its start, to both of its outputs. */
	output(): string;
	/** Settles once the editor answers, or the worker is ready; an error when n8n ends before, or its time is up. */
	ready(): Promise<void>;
	/** Ends n8n in good order, by its process id. */
	stop(): Promise<void>;
	/** Ends n8n at once, in whatever it is doing. */
	kill(): Promise<void>;
	/** Settles when n8n is gone, with whether that was asked for. */
	readonly ended: Promise<{ stopped: boolean }>;
}

export type Role = 'main' | 'worker';

export interface N8nOptions {
	install: N8nInstall;
	userFolder: string;
	port: number;
	/** The whole of n8n unless it is a worker, which runs what n8n's main process puts into the queue. */
	role?: Role;
	extra?: Record<string, string>;
	/** How long n8n may take until it answers. A first start sets up its database. */
	timeoutMs?: number;
	/** Ends the waiting for n8n, and n8n. */
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

/** Starts n8n and returns as soon as it runs. Its output goes to `n8n.log` in the user folder. */
export async function launchN8n(options: N8nOptions): Promise<N8nProcess> {
	const { install, userFolder, port, role = 'main', extra, timeoutMs = 180_000, signal } = options;
	await mkdir(userFolder, { recursive: true });
	const [program = '', ...first] = install.command;
	const log = openSync(logFile(userFolder), 'w');
	const child = spawn(program, [...first, commands[role]], {
		cwd: userFolder,
		env: n8nEnvironment({
			userFolder,
			port,
			brokerPort: await freePort(),
			node: install.node,
			program: first[0] ?? program,
			extra,
		}),
		// A file goes on existing when this process is gone; the channel tells n8n about that.
		stdio: ['ignore', log, log, 'ipc'],
	});
	closeSync(log);

	let failure: Error | undefined;
	child.once('error', (error) => (failure = error));
	let stopped = false;
	let gone = false;
	const ended = once(child, 'close').then(
		() => {
			gone = true;
			return { stopped };
		},
		() => ({ stopped }),
	);

	const stop = async () => {
		stopped = true;
		if (!gone) child.kill('SIGTERM');
		const forced = setTimeout(() => child.kill('SIGKILL'), stopLimitMs);
		await ended;
		clearTimeout(forced);
	};
	const kill = async () => {
		stopped = true;
		if (!gone) child.kill('SIGKILL');
		await ended;
	};
	const ready = async () => {
		await waitFor(() => isReady[role](n8n), {
			what: 'n8n to answer',
			timeoutMs,
			check: () => {
				signal?.throwIfAborted();
				if (failure) throw new SetupError(`n8n cannot be started: ${failure.message}`);
				if (gone) throw crashed(n8n);
			},
		});
	};
	const n8n: N8nProcess = {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		output: () => readFileSync(logFile(userFolder), 'utf8'),
		ready,
		stop,
		kill,
		ended,
	};
	return n8n;
}

export function logFile(userFolder: string): string {
	return join(userFolder, 'n8n.log');
}

/** n8n has ended by itself: what it said last. */
export function crashed(n8n: N8nProcess): SetupError {
	return new SetupError(`n8n has ended by itself. Its last lines:\n${lastLines(n8n.output(), 15)}`);
}

/** n8n gives itself 10 seconds to end in good order: see environment.mts. */
const stopLimitMs = 15_000;

const commands: Record<Role, string> = { main: 'start', worker: 'worker' };

/**
 * n8n answers long before its database is set up, and takes badly to being stopped before it has said
 * that its editor is accessible. A worker answers nobody.
 */
const isReady: Record<Role, (n8n: N8nProcess) => Promise<true | undefined>> = {
	main: async (n8n) => {
		if (!n8n.output().includes('Editor is now accessible')) return undefined;
		const response = await fetch(`${n8n.url}/healthz/readiness`).catch(() => undefined);
		return response?.ok ? true : undefined;
	},
	worker: async (n8n) => (n8n.output().includes('n8n worker is now ready') ? true : undefined),
};
