import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import manifest from '../../../../package.json';
import { packageRoot } from '../../../../scripts/n8n/paths.mts';

export interface Ended {
	code: number | null;
	/** Standard output and standard error. */
	output: string;
}

export interface Process {
	output(): string;
	ended: Promise<Ended>;
	kill(signal?: NodeJS.Signals): void;
}

/** A copy of the files that `npm start` runs, with a cache of its own, and without a build. */
export interface Checkout {
	readonly folder: string;
	/** Creates a file of the checkout, executable if it starts with `#!`. Returns its path. */
	write(path: string, content: string): Promise<string>;
	/** Runs the program of `npm start`, or another script or text of the checkout. */
	run(env?: Record<string, string>, script?: string): Process;
	remove(): Promise<void>;
}

export async function createCheckout(): Promise<Checkout> {
	const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-celonis-'));
	for (const path of ['scripts', 'nodes', 'test/celonis', 'test/support', 'data', 'examples']) {
		await cp(join(packageRoot, path), join(folder, path), { recursive: true });
	}
	const quick = { ...manifest, scripts: { build: 'node --version' } };
	await writeFile(join(folder, 'package.json'), JSON.stringify(quick));
	await symlink(join(packageRoot, 'node_modules'), join(folder, 'node_modules'));
	const processes: Process[] = [];
	return {
		folder,
		write: async (path, content) => {
			const file = join(folder, path);
			await mkdir(join(file, '..'), { recursive: true });
			await writeFile(file, content);
			if (content.startsWith('#!')) await chmod(file, 0o755);
			return file;
		},
		run: (env = {}, script = 'scripts/start.mjs') => {
			const process = runScript(folder, env, script);
			processes.push(process);
			return process;
		},
		remove: async () => {
			for (const each of processes) each.kill('SIGKILL');
			await Promise.all(processes.map(({ ended }) => ended));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

function runScript(cwd: string, env: Record<string, string>, script: string): Process {
	const settings = /^(N8N|CELONIS|npm)_/;
	const inherited = Object.entries(process.env).filter(([name]) => !settings.test(name));
	const child = spawn(process.execPath, ['--import', 'tsx', script], {
		cwd,
		env: { ...Object.fromEntries(inherited), ...env },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	return {
		output: () => output,
		ended: once(child, 'close').then(([code]) => ({ code: code as number | null, output })),
		kill: (signal = 'SIGTERM') => void child.kill(signal),
	};
}
