import { CelonisError } from '../errors/celonisError';
import type { LogRecord } from '../records/record';
import type { OpenWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { openPages } from './fetchSlice';
import type { LogPage } from './paginator';
import { parsePage } from './parsePage';
import type { Prefetcher } from './prefetch';

/** The first page of a window. */
export interface FirstPage {
	readonly page: LogPage;
	/** Its records that lie in the window. */
	readonly records: readonly LogRecord[];
	/** The pages after it. None of them was fetched yet. */
	readonly nextPages: Prefetcher<LogPage>;
}

/** The `Date` header has whole seconds: the server's time is somewhere in the next one. */
const SERVER_CLOCK_RESOLUTION_MS = 1000;

/** Fetches the first page of a window. If it is also the last one, its records are all there are. */
export async function fetchFirstPage(
	log: EventLog,
	{ fromMs, toMs }: OpenWindow,
): Promise<FirstPage> {
	const nextPages = openPages(log, { fromMs, toMs });
	const page = await nextPages.next();
	if (!page) throw new CelonisError('emptyResponse', { api: log.api });
	const records = parsePage(log.api, page, 1, { fromMs, toMs: toMs ?? Infinity });
	return { page, records, nextPages };
}

/** Where to close a window that is open up to now, so that the log can't grow into it. */
export function getSnapshotEnd(page: LogPage): number {
	return page.serverTimeMs + SERVER_CLOCK_RESOLUTION_MS;
}
