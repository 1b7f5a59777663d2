import type { SendRequest } from '../../../nodes/Celonis/http/request';

/** A log that computes its records on request and holds none of them. */
export interface EndlessLog {
	/** The number of records at the start of the run. */
	readonly size: number;
	readonly beginMs: number;
	/** The time from one record to the next. */
	readonly stepMs: number;
	readonly now: () => number;
	/** How long after its timestamp a record becomes visible; at once by default. */
	readonly getLatenessMs?: (index: number) => number;
	/** The order of the pages; the newest first by default. */
	readonly order?: 'desc' | 'asc' | 'shuffled';
}

/** The cost of the requests so far. */
export interface ReadCost {
	requests: number;
	records: number;
}

const MAX_CACHED_WINDOWS = 32;

/** The API of such a log, in both versions. */
export function createEndlessApi(log: EndlessLog, cost: ReadCost): SendRequest {
	const { now, order = 'desc' } = log;
	const selectRecords = createSelector(log);

	return async (_path, query) => {
		// Version 2: all pages show the log as it was at the request of the first page.
		const [token = '0', asOf = String(now())] = String(query.pageToken ?? '0').split('@');
		const fromMs = parseTime(query.from, -Infinity);
		const toMs = parseTime(query.to, Infinity);
		const { total, getIndex } = selectRecords(fromMs, toMs, Number(asOf));

		const isV1 = query.pageNumber !== undefined;
		const pageSize = Number(isV1 ? query.pageSize : query.limit);
		const offset = isV1 ? Number(query.pageNumber) * pageSize : Number(token);
		const count = Math.max(0, Math.min(pageSize, total - offset));
		const getRank = createOrder(order, total);
		const content = Array.from({ length: count }, (_, i) =>
			createRecord(log, getIndex(getRank(offset + i))),
		);
		const next = offset + count;

		cost.requests++;
		cost.records += count;
		return {
			status: 200,
			headers: { date: new Date(now()).toUTCString() },
			body: isV1
				? { content, pageSize, pageNumber: query.pageNumber, totalCount: total }
				: { content, nextPageToken: next < total ? `${next}@${asOf}` : null },
			sentAtMs: now(),
			durationMs: 0,
		};
	};
}

/** The visible records of a window, the oldest first. */
interface Selection {
	readonly total: number;
	readonly getIndex: (rank: number) => number;
}

/** Selects the records of a window as they were visible at a time. Caches: all pages of a window need the same ones. */
function createSelector(log: EndlessLog) {
	const { size, beginMs, stepMs, getLatenessMs } = log;
	const findFirst = (ms: number) => Math.max(0, Math.ceil((ms - beginMs) / stepMs) + size);
	const cached = new Map<string, readonly number[]>();
	return (fromMs: number, toMs: number, asOfMs: number): Selection => {
		const first = findFirst(fromMs);
		const end = findFirst(Math.min(toMs, asOfMs) + 1);
		if (!getLatenessMs) {
			return { total: Math.max(0, end - first), getIndex: (rank) => first + rank };
		}
		const key = [first, end, asOfMs].join(' ');
		const isVisible = (index: number) => getTimeMs(log, index) + getLatenessMs(index) <= asOfMs;
		const visible = cached.get(key) ?? createRange(first, end).filter(isVisible);
		if (cached.size >= MAX_CACHED_WINDOWS) cached.clear();
		cached.set(key, visible);
		return { total: visible.length, getIndex: (rank) => visible[rank]! };
	};
}

/** Maps a position in the pages to a rank in the window, the oldest first. */
function createOrder(order: EndlessLog['order'], total: number): (position: number) => number {
	if (order === 'asc') return (position) => position;
	if (order === 'desc') return (position) => total - 1 - position;
	// A step that is coprime to the total reaches each rank once.
	let step = Math.floor(total * 0.618) || 1;
	while (greatestCommonDivisor(step, total) > 1) step++;
	return (position) => (position * step) % total;
}

function createRecord(log: EndlessLog, index: number) {
	const timestamp = new Date(getTimeMs(log, index)).toISOString();
	return { userId: `user${index}`, userRole: 'ADMIN', event: 'USER_UPDATED', timestamp };
}

function getTimeMs({ size, beginMs, stepMs }: EndlessLog, index: number): number {
	return beginMs + (index - size) * stepMs;
}

function parseTime(value: unknown, fallback: number): number {
	return value === undefined ? fallback : Date.parse(String(value));
}

function createRange(first: number, end: number): number[] {
	return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
