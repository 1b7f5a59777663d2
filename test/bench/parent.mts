import { once } from 'node:events';
import type { Question } from './job.mts';

/** Asks the process that started this one. One question at a time. */
export async function ask(question: Question): Promise<number> {
	if (!process.send) throw new Error('This process was not started by the benchmark');
	const answer = once(process, 'message');
	process.send(question);
	const [value] = (await answer) as [number];
	return value;
}
