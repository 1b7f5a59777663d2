import { parseRecord, type LogRecord } from '../records/record';
import { contains, type TimeWindow } from '../records/timeWindow';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { LogPage } from './paginator';

/**
 * The records of a page that lie in the window, whatever the server does at its bounds. An invalid
 * record is an error: if it were skipped, it would be lost silently.
 */
export function parsePage(
	api: ApiName,
	page: LogPage,
	pageNumber: number,
	window: TimeWindow,
): LogRecord[] {
	const records: LogRecord[] = [];
	page.records.forEach((value, index) => {
		const record = parseRecord(value);
		if (typeof record === 'string') {
			const position = `record ${index + 1} of page ${pageNumber}`;
			throw new CelonisError(record, { api, position });
		}
		if (contains(window, record.timestampMs)) records.push(record);
	});
	return records;
}
