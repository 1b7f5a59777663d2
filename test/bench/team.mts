import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LogAddress, LogWindow, Question } from './job.mts';

/** The commands for the process with the log. */
export type Command =
	| Question
	| { readonly ask: 'window'; readonly events: number }
	| { readonly ask: 'latency'; readonly ms: number };

/** The simulated Celonis, which runs in a separate process. */
export interface Team {
	readonly log: LogAddress;
	/** A window with about this many of the newest events. */
	window(events: number): Promise<LogWindow>;
	setLatency(ms: number): Promise<void>;
	answer(question: Question): Promise<number>;
	close(): void;
}

/** Starts it with a log of about this many events. */
export async function startTeam(node: string, events: number): Promise<Team> {
	const path = fileURLToPath(new URL('logServer.mts', import.meta.url));
	const child = fork(path, [String(events)], {
		execPath: node,
		execArgv: ['--import', 'tsx', '--max-old-space-size=8192'],
	});
	const ended = once(child, 'exit').then(() => {
		throw new Error('The simulator ended');
	});
	ended.catch(() => undefined);
	const next = async () => {
		const [{ answer: response }] = (await Promise.race([once(child, 'message'), ended])) as [
			{ answer: unknown },
		];
		return response;
	};
	const tell = async (command: Command) => {
		const response = next();
		child.send(command);
		return await response;
	};
	return {
		log: (await next()) as LogAddress,
		window: async (requested) => (await tell({ ask: 'window', events: requested })) as LogWindow,
		setLatency: async (ms) => void (await tell({ ask: 'latency', ms })),
		answer: async (question) => (await tell(question)) as number,
		close: () => child.disconnect(),
	};
}
