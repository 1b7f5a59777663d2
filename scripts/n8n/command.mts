import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
	cwd: string;
	env?: NodeJS.ProcessEnv;
	signal?: AbortSignal;
}

export interface CommandResult {
	code: number;
	/** Standard output and standard error, in order. */
	output: string;
	stdout: string;
}

/** Runs a program without a shell. Rejects only if it could not be started or was aborted. */
export async function run(
	command: string[],
	{ cwd, env = process.env, signal }: CommandOptions,
): Promise<CommandResult> {
	const [file = '', ...args] = command;
	const child = spawn(file, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
	let output = '';
	let stdout = '';
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		stdout += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		output += text;
	});
	const [code] = (await once(child, 'close')) as [number | null];
	return { code: code ?? 1, output, stdout };
}
