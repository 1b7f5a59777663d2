import type { SendRequest } from '../../../nodes/Celonis/http/request';

/** A log whose records are computed when they are asked for: none is held. */
export interface EndlessLog {
	/** How many records it has had when the run begins. */
	readonly size: number;
	readonly beginMs: number;
	/** Time from one record to the next. */
	readonly stepMs: number;
	readonly now: () => number;
	/** How long after its time a record shows up; all at once by default. */
	readonly latenessOf?: (index: number) => number;
	/** In what order pages come: the newest first by default. */
	readonly order?: 'desc' | 'asc' | 'shuffled';
}

/** What a reading has cost. */
export interface Cost {
	requests: number;
	records: number;
}

/** The API of such a log, in both versions. */
export function endlessApi(log: EndlessLog, cost: Cost): SendRequest {
	const { size, beginMs, stepMs, now, latenessOf, order = 'desc' } = log;
	const timeOf = (index: number) => beginMs + (index - size) * stepMs;
	const firstFrom = (ms: number) => Math.max(0, Math.ceil((ms - beginMs) / stepMs) + size);

	return async (_path, query) => {
		const at = (name: string, otherwise: number) =>
			query[name] === undefined ? otherwise : Date.parse(String(query[name]));
		const first = firstFrom(at('from', -Infinity));
		// Version 2: all pages show the log as it was when the first one was asked for.
		const [token = '0', asOf = String(now())] = String(query.pageToken ?? '0').split('@');
		const asOfMs = Number(asOf);
		const end = firstFrom(Math.min(at('to', Infinity), asOfMs) + 1);
		const isVisible = (index: number) => timeOf(index) + (latenessOf?.(index) ?? 0) <= asOfMs;
		const late = latenessOf && rangeOf(first, end).filter(isVisible);
		const total = late ? late.length : Math.max(0, end - first);
		const indexAt = (position: number) => {
			const inOrder = placeAt(position, total);
			return late ? late[inOrder]! : first + inOrder;
		};

		const isV1 = query.pageNumber !== undefined;
		const pageSize = Number(isV1 ? query.pageSize : query.limit);
		const offset = isV1 ? Number(query.pageNumber) * pageSize : Number(token);
		const count = Math.max(0, Math.min(pageSize, total - offset));
		const content = Array.from({ length: count }, (_, i) => recordAt(indexAt(offset + i)));
		const next = offset + count;

		cost.requests++;
		cost.records += count;
		return {
			status: 200,
			headers: { date: new Date(now()).toUTCString() },
			body: isV1
				? { content, pageSize, pageNumber: query.pageNumber, totalCount: total }
				: { content, nextPageToken: next < total ? `${next}@${asOfMs}` : null },
			durationMs: 0,
		};
	};

	/** Where the record at a position of the pages is among those of its window, the oldest first. */
	function placeAt(position: number, total: number): number {
		if (order === 'asc') return position;
		if (order === 'desc') return total - 1 - position;
		// A step that has no factor in common with the number reaches each place once.
		let step = Math.floor(total * 0.618) || 1;
		while (greatestCommonDivisor(step, total) > 1) step++;
		return (position * step) % total;
	}

	function recordAt(index: number) {
		const timestamp = new Date(timeOf(index)).toISOString();
		return { userId: `user${index}`, userRole: 'ADMIN', event: 'USER_UPDATED', timestamp };
	}
}

function rangeOf(first: number, end: number): number[] {
	return Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i);
}

function greatestCommonDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
