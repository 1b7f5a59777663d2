import type { Clock } from '../../../nodes/Celonis/http/clock';
import type { Query, SendRequest } from '../../../nodes/Celonis/http/request';

/** In which order a server lists records; `none`: in one that has nothing to do with time. */
export type Order = 'newestFirst' | 'oldestFirst' | 'none';

/** How a server pages: by token, or by number with or without a count. */
export type Paging = 'v2' | 'v1, counts records' | 'v1, counts pages' | 'v1, counts nothing';

export interface ServerOptions {
	readonly times: readonly number[];
	readonly order: Order;
	readonly paging: Paging;
	readonly pageSize: number;
	readonly latencyMs: number;
	readonly clock: Clock;
}

const KEYS: Readonly<Record<Order, (ms: number) => number>> = {
	newestFirst: (ms) => -ms,
	oldestFirst: (ms) => ms,
	none: (ms) => (ms * 7919) % 10_007,
};

/** A log in memory whose responses take a fixed virtual time, and how often it was asked. */
export function createServer({ times, order, paging, pageSize, latencyMs, clock }: ServerOptions) {
	const key = KEYS[order];
	const records = [...times]
		.sort((a, b) => key(a) - key(b) || a - b)
		.map((ms, id) => ({ ms, record: { timestamp: new Date(ms).toISOString(), event: `E${id}` } }));
	/** The records of each window; `requests` are those with any answer. */
	const windows = new Map<string, object[]>();
	const readWindow = ({ from, to }: Query): object[] => {
		const name = `${from} ${to}`;
		const known = windows.get(name);
		if (known) return known;
		const fromMs = from === undefined ? -Infinity : Date.parse(String(from));
		const toMs = to === undefined ? Infinity : Date.parse(String(to));
		// Bounds are inclusive: the client drops what is outside.
		const found = records.filter(({ ms }) => ms >= fromMs && ms <= toMs);
		windows.set(
			name,
			found.map(({ record }) => record),
		);
		return windows.get(name)!;
	};
	let requests = 0;
	const send: SendRequest = async (_path, query) => {
		requests++;
		const sentAtMs = clock.wallNow();
		await clock.sleep(latencyMs);
		const found = readWindow(query);
		const body = paging === 'v2' ? createTokenPage(found) : createNumberedPage(found);
		const headers = { date: new Date(clock.wallNow()).toUTCString() };
		return { status: 200, headers, body, sentAtMs, durationMs: latencyMs };

		function createTokenPage(all: object[]) {
			const start = Number(query.pageToken ?? 0);
			const end = start + Math.min(pageSize, Number(query.limit));
			const nextPageToken = end < all.length ? String(end) : null;
			return { content: all.slice(start, end), nextPageToken };
		}

		function createNumberedPage(all: object[]) {
			const size = Math.min(pageSize, Number(query.pageSize));
			const pageNumber = Number(query.pageNumber);
			const content = all.slice(pageNumber * size, (pageNumber + 1) * size);
			const pages = Math.ceil(all.length / size);
			const totalCount =
				paging === 'v1, counts records'
					? all.length
					: paging === 'v1, counts pages'
						? pages
						: undefined;
			return { content, pageNumber, pageSize: size, totalCount };
		}
	};
	return { send, countRequests: () => requests };
}
