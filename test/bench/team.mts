import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { LogAddress, LogWindow, Question } from './job.mts';

/** What the process with the log can be told. */
export type Command =
	| Question
	| { readonly ask: 'window'; readonly events: number }
	| { readonly ask: 'latency'; readonly ms: number };

/** The simulated Celonis, which runs in a process of its own. */
export interface Team {
	readonly log: LogAddress;
	/** The newest events of the log, about so many. */
	window(events: number): Promise<LogWindow>;
	setLatency(ms: number): Promise<void>;
	answer(question: Question): Promise<number>;
	close(): void;
}

/** Starts it with a log of about so many events. */
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
		const [{ answer }] = (await Promise.race([once(child, 'message'), ended])) as [
			{ answer: unknown },
		];
		return answer;
	};
	const tell = async (command: Command) => {
		const answer = next();
		child.send(command);
		return await answer;
	};
	return {
		log: (await next()) as LogAddress,
		window: async (wanted) => (await tell({ ask: 'window', events: wanted })) as LogWindow,
		setLatency: async (ms) => void (await tell({ ask: 'latency', ms })),
		answer: async (question) => (await tell(question)) as number,
		close: () => child.disconnect(),
	};
}
