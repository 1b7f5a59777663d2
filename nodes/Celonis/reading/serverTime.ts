import { CelonisError } from '../errors/celonisError';
import type { EventLog } from './eventLog';

/** Fetches the server's time by the smallest possible request: whole seconds as epoch milliseconds. */
export async function fetchServerTime({ api, pages }: EventLog): Promise<number> {
	for await (const page of pages({ pageSize: 1 })) return page.serverTimeMs;
	throw new CelonisError('emptyResponse', { api });
}
