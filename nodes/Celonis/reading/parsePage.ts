import { parseRecord, type LogRecord } from '../records/record';
import { contains, type TimeWindow } from '../records/timeWindow';
import { getEarliestNow } from './clockReading';
import type { LogPage } from './paginator';

/**
 * The records of a page that lie in the window, whatever the server does at its bounds. A record that
 * cannot be read lies in every window: nobody knows its time.
 */
export function parsePage({ records, clocks }: LogPage, window: TimeWindow): LogRecord[] {
	const readAtMs = Math.floor(getEarliestNow(clocks));
	const parsed: LogRecord[] = [];
	for (const value of records) {
		const record = parseRecord(value, readAtMs);
		if (record.problem || contains(window, record.timestampMs)) parsed.push(record);
	}
	return parsed;
}
