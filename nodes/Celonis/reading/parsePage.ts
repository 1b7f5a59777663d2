import { parseRecord, type LogRecord } from '../records/record';
import { contains, type TimeWindow } from '../records/timeWindow';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { LogPage } from './paginator';

/**
 * The records of a page that lie in the window, whatever the server does at its bounds. One that
 * can't be read fails the reading: skipped, it would be lost in silence.
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
