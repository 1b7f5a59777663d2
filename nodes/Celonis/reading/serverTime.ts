import { CelonisFault } from '../faults/fault';
import type { ReadPages } from '../transport/pages';

/** The server's clock, by the smallest request there is: whole seconds as epoch milliseconds. */
export async function readServerTime(pages: ReadPages): Promise<number> {
	for await (const page of pages({ pageSize: 1 })) return page.servedAtMs;
	throw new CelonisFault({ kind: 'emptyAnswer' });
}
