import { CelonisFault } from '../errors/celonisError';
import type { ReadPages } from './paginator';

/** The server's clock, by the smallest request there is: whole seconds as epoch milliseconds. */
export async function readServerTime(pages: ReadPages): Promise<number> {
	for await (const page of pages({ pageSize: 1 })) return page.servedAtMs;
	throw new CelonisFault({ kind: 'emptyAnswer' });
}
