import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Question } from './job.mts';
import type { Team } from './team.mts';

/** The Node.js of the runs. */
export interface Runtime {
	readonly node: string;
	/** The same for all candidates. */
	readonly heapMegabytes: number;
	/** Folder for CPU profiles; none by default. */
	readonly profiles?: string;
}

type Message = Question | { readonly result: unknown } | { readonly error: unknown };

/** Runs a job in a new process. */
export async function runChild<T>(
	job: Job,
	team: Team,
	{ node, heapMegabytes, profiles }: Runtime,
): Promise<T> {
	const path = fileURLToPath(new URL('child.mts', import.meta.url));
	const child = fork(path, [], {
		execPath: node,
		execArgv: [
			'--expose-gc',
			`--max-old-space-size=${heapMegabytes}`,
			...(profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : []),
		],
		env: {
			...process.env,
			NODE_ENV: 'production',
			N8N_LOG_LEVEL: 'silent',
			...(job.log.certificate && { NODE_EXTRA_CA_CERTS: job.log.certificate }),
		},
	});
	child.send(job);
	return await new Promise<T>((resolve, reject) => {
		let outcome: { result: unknown } | undefined;
		child.once('error', reject);
		child.once('exit', (code, signal) => {
			if (outcome) resolve(outcome.result as T);
			else reject(new Error(`A run ended with ${code ?? signal}`));
		});
		child.on('message', (message: Message) => {
			if ('error' in message) reject(new Error(String(message.error)));
			else if ('result' in message) outcome = message;
			else {
				team.answer(message).then(
					(response) => child.send(response),
					(error: unknown) => reject(error),
				);
			}
		});
	});
}
