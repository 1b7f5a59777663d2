import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { waitFor } from '../../../scripts/n8n/waitFor.mts';

export interface Started {
	/** What the user has seen so far. */
	output(): string;
	/** Waits for a text; gives what the pattern's first group caught. */
	seen(pattern: RegExp): Promise<string>;
	/** Ctrl-C: the signal goes to everything in the terminal that is still there. */
	interrupt(): Promise<number | null>;
	/** Tells npm alone to end, as a service manager may do. npm leaves what it has started to itself. */
	endNpm(): void;
	exitCode: Promise<number | null>;
}

/** `npm start`, as typed in a terminal. */
export function npmStart(env: Record<string, string>): Started {
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
				what: `npm start to print ${pattern}`,
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
