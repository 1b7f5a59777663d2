import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError, getLastLines } from '../../scripts/n8n/setupError.mts';
import { waitFor } from '../../scripts/n8n/waitFor.mts';
import type { User } from './debianPrograms.mts';

export interface Service {
	/** Stops it gracefully. */
	stop(): Promise<void>;
}

export interface ServiceOptions {
	cwd: string;
	/** The output that shows that it is ready. */
	readyText: string;
	stopSignal: NodeJS.Signals;
	/** The user to run as. */
	user?: User;
}

/** Starts a server as a child process and returns when it is ready. It ends with this process at the latest. */
export async function startService(
	command: readonly string[],
	{ cwd, readyText, stopSignal, user }: ServiceOptions,
): Promise<Service> {
	const [program = ''] = command;
	const child = spawn('setpriv', ['--pdeathsig', stopSignal, ...asUser(user), ...command], {
		cwd,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr]) {
		stream.setEncoding('utf8').on('data', (text: string) => (output += text));
	}
	let gone = false;
	const ended = once(child, 'close')
		.catch((error: Error) => (output += error.message))
		.then(() => (gone = true));
	const stop = async () => {
		if (!gone) child.kill(stopSignal);
		await ended;
	};
	const check = () => {
		if (gone) throw new SetupError(`${program} has ended by itself:\n${getLastLines(output, 10)}`);
	};
	const isReady = () => output.includes(readyText) || undefined;
	try {
		await waitFor(isReady, { description: `${program} to be ready`, timeoutMs: 60_000, check });
	} catch (error) {
		await stop();
		throw error;
	}
	return { stop };
}

/** Arguments of `setpriv` that make a program run as another user. */
export function asUser(user: User | undefined): string[] {
	return user ? ['--reuid', user.name, '--regid', String(user.gid), '--init-groups'] : [];
}
