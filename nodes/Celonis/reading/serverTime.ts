import { CelonisError } from '../errors/celonisError';
import type { Paginator } from './paginator';

/** The server's clock, by the smallest request there is: whole seconds as epoch milliseconds. */
export async function fetchServerTime(pages: Paginator): Promise<number> {
	for await (const page of pages({ pageSize: 1 })) return page.serverTimeMs;
	throw new CelonisError({ code: 'emptyAnswer' });
}
