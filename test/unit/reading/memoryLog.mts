import { CelonisError } from '../../../nodes/Celonis/errors/celonisError';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import type { EventLog } from '../../../nodes/Celonis/reading/eventLog';
import type { LogPage, PageRequest, Paginator } from '../../../nodes/Celonis/reading/paginator';

/** A log in memory, with options for the undocumented behaviour of the real one. */
export interface MemoryLog {
	readonly records: ReadonlyArray<Record<string, unknown>>;
	readonly order: (a: Record<string, unknown>, b: Record<string, unknown>) => number;
	readonly pageSize: number;
	/** Whether pages also contain records just outside the window. */
	readonly hasGenerousBounds: boolean;
	readonly nowMs: number;
	/** Whether pages carry the number of records in the window. */
	readonly isCounted?: boolean;
	/** The number of reads during which the pages shift. */
	readonly shifts: number;
}

/** A paginator over a log in memory, and the windows whose pages it has fetched. */
export function createMemoryPaginator(log: MemoryLog) {
	const fetched: string[] = [];
	let shiftsLeft = log.shifts;
	const ordered = [...log.records]
		.sort(log.order)
		.map((record) => ({ record, ms: Date.parse(String(record.timestamp)) }));
	const pages: Paginator = async function* ({
		window = {},
		pageSize = log.pageSize,
	}: PageRequest = {}): AsyncIterable<LogPage> {
		const tolerance = log.hasGenerousBounds ? 5 : 0;
		const { fromMs = -Infinity, toMs = Infinity } = window;
		const hits = ordered
			.filter(({ ms }) => ms >= fromMs - tolerance && ms < toMs + tolerance)
			.map(({ record }) => record);
		for (let start = 0; start === 0 || start < hits.length; start += pageSize) {
			fetched.push(`${fromMs} ${toMs} ${start}`);
			if (start > 0 && shiftsLeft > 0) {
				shiftsLeft--;
				throw new CelonisError('pageShift', { api: 'auditLog' });
			}
			yield {
				records: hits.slice(start, start + pageSize),
				pageSize,
				clocks: { serverMs: log.nowMs, machineMs: log.nowMs, durationMs: 0 },
				...(log.isCounted && { total: hits.length }),
				isLast: start + pageSize >= hits.length,
			};
		}
	};
	return { pages, fetched };
}

/** The log behind a paginator. */
export function createEventLog(pages: Paginator): EventLog {
	return { api: 'auditLog', team: 'team.example', pages, identityFields: auditLog.identityFields };
}
