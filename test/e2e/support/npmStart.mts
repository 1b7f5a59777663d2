import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';

export interface Started {
	/** The output so far. */
	output(): string;
	/** Waits for a text. Returns the first group of the pattern. */
	seen(pattern: RegExp): Promise<string>;
	/** Ctrl-C: sends the signal to all processes of the terminal. */
	interrupt(): Promise<number | null>;
	/** Stops npm only, as a service manager may do. npm does not stop its child processes. */
	endNpm(): void;
	exitCode: Promise<number | null>;
}

/** Runs `npm start` as in a terminal. */
export function runNpmStart(env: Record<string, string>): Started {
	const child = spawn('npm', ['start'], {
		cwd: packageRoot,
		env: { ...process.env, ...env },
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	let ended = false;
	const exitCode = once(child, 'close').then(([code]) => {
		ended = true;
		return code as number | null;
	});
	return {
		output: () => output,
		seen: async (pattern) =>
			await waitFor(() => pattern.exec(output)?.[1], {
				description: `npm start to print ${pattern}`,
				timeoutMs: 180_000,
				check: () => {
					if (ended) throw new Error(`npm start has ended: ${output}`);
				},
			}),
		interrupt: async () => {
			if (!ended) process.kill(-child.pid!, 'SIGINT');
			return await exitCode;
		},
		endNpm: () => void child.kill('SIGTERM'),
		exitCode,
	};
}
