import type { Send } from '../../../nodes/Celonis/transport/request';

/** A log whose records are computed when they are asked for: none is held. */
export interface EndlessLog {
	/** How many records it has had when the run begins. */
	readonly size: number;
	readonly beginMs: number;
	/** Time from one record to the next. */
	readonly stepMs: number;
	readonly now: () => number;
}

/** What a reading has cost. */
export interface Cost {
	requests: number;
	records: number;
}

/** The API of such a log, newest first, in both versions. */
export function endlessApi(log: EndlessLog, cost: Cost): Send {
	const { size, beginMs, stepMs, now } = log;
	const timeOf = (index: number) => beginMs + (index - size) * stepMs;
	const firstFrom = (ms: number) => Math.max(0, Math.ceil((ms - beginMs) / stepMs) + size);

	return async (_path, query) => {
		const at = (name: string, otherwise: number) =>
			query[name] === undefined ? otherwise : Date.parse(String(query[name]));
		const first = firstFrom(at('from', -Infinity));
		const end = firstFrom(Math.min(at('to', Infinity), now()) + 1);
		const total = Math.max(0, end - first);

		const isV1 = query.pageNumber !== undefined;
		const pageSize = Number(isV1 ? query.pageSize : query.limit);
		const offset = isV1 ? Number(query.pageNumber) * pageSize : Number(query.pageToken ?? 0);
		const count = Math.max(0, Math.min(pageSize, total - offset));
		const content = Array.from({ length: count }, (_, i) => recordAt(end - 1 - offset - i));
		const next = offset + count;

		cost.requests++;
		cost.records += count;
		return {
			status: 200,
			headers: { date: new Date(now()).toUTCString() },
			body: isV1
				? { content, pageSize, pageNumber: query.pageNumber, totalCount: total }
				: { content, nextPageToken: next < total ? String(next) : null },
			tookMs: 0,
		};
	};

	function recordAt(index: number) {
		const timestamp = new Date(timeOf(index)).toISOString();
		return { userId: `user${index}`, userRole: 'ADMIN', event: 'USER_UPDATED', timestamp };
	}
}
