import { once } from 'node:events';
import type { Question } from './job.mts';

/** Asks the parent process. One question at a time. */
export async function ask(question: Question): Promise<number> {
	if (!process.send) throw new Error('This process was not started by the benchmark');
	const response = once(process, 'message');
	process.send(question);
	const [value] = (await response) as [number];
	return value;
}
