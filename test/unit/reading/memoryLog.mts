import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import type { EventLog } from '../../../nodes/Celonis/reading/eventLog';
import type { LogPage, Paginator } from '../../../nodes/Celonis/reading/paginator';

/** A log in memory, with what is not known of the real one left open. */
export interface MemoryLog {
	readonly records: ReadonlyArray<Record<string, unknown>>;
	readonly order: (a: Record<string, unknown>, b: Record<string, unknown>) => number;
	readonly pageSize: number;
	/** Whether records at the very bounds come too, beyond what was asked for. */
	readonly generousBounds: boolean;
	readonly nowMs: number;
	/** Whether pages tell how many records the window has. */
	readonly isCounted?: boolean;
	/** How many readings of a window shift under way. */
	shifts: number;
}

/** Pages of a log in memory, and how many were read. */
export function memoryPages(log: MemoryLog): { pages: Paginator; count: () => number } {
	let count = 0;
	const ordered = [...log.records]
		.sort(log.order)
		.map((record) => ({ record, ms: Date.parse(String(record.timestamp)) }));
	async function* pages({ window = {}, pageSize = log.pageSize } = {}): AsyncIterable<LogPage> {
		const slack = log.generousBounds ? 5 : 0;
		const { fromMs = -Infinity, toMs = Infinity } = window as { fromMs?: number; toMs?: number };
		const hits = ordered
			.filter(({ ms }) => ms >= fromMs - slack && ms < toMs + slack)
			.map(({ record }) => record);
		for (let start = 0; start === 0 || start < hits.length; start += pageSize) {
			count++;
			if (start > 0 && log.shifts > 0) {
				log.shifts--;
				throw new CelonisError({ code: 'shifted' });
			}
			yield {
				records: hits.slice(start, start + pageSize),
				pageSize,
				serverTimeMs: log.nowMs,
				readSinceMs: log.nowMs,
				...(log.isCounted && { total: hits.length }),
				isLast: start + pageSize >= hits.length,
			};
		}
	}
	return { pages: pages as Paginator, count: () => count };
}

/** Pages as those of an audit log. */
export function openLog(pages: Paginator): EventLog {
	return { pages, identityFields: auditLog.identityFields };
}
