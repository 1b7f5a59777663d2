import { readEvents } from '../../../nodes/Celonis/reading/readEvents';
import type { Paginator } from '../../../nodes/Celonis/reading/paginator';
import type { Direction } from '../../../nodes/Celonis/reading/slicingOptions';
import type { LogEvent } from '../../../nodes/Celonis/records/eventId';
import type { OpenWindow } from '../../../nodes/Celonis/records/timeWindow';
import { NOW, orders } from './arbitraries.mts';
import { createEventLog, type MemoryLog } from './memoryLog.mts';

/** A read of a window. */
export interface ReadOptions {
	readonly direction?: Direction;
	readonly concurrency?: number;
	readonly limit?: number;
	readonly matches?: (event: LogEvent) => boolean;
}

/** Reads events as the operation Get Many does. */
export async function read(pages: Paginator, window: OpenWindow, options: ReadOptions = {}) {
	const { direction = 'oldestFirst', concurrency = 4, limit = Infinity } = options;
	const { matches = () => true } = options;
	const events: LogEvent[] = [];
	const readOptions = { direction, concurrency, limit, matches };
	for await (const slice of readEvents(createEventLog(pages), window, readOptions)) {
		events.push(...slice);
	}
	return events;
}

/** A log with an event at each of these times. */
export const createLog = (
	times: readonly number[],
	changes: Partial<MemoryLog> = {},
): MemoryLog => ({
	records: times.map((ms) => ({ timestamp: new Date(ms).toISOString() })),
	order: orders.descending,
	pageSize: 500,
	hasGenerousBounds: false,
	nowMs: NOW,
	shifts: 0,
	...changes,
});
