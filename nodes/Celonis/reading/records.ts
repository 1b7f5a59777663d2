import { parseRecord, type AuditRecord } from '../audit/record';
import { contains, type TimeWindow } from '../audit/window';
import { CelonisFault } from '../faults/fault';
import type { AuditPage } from '../transport/pages';

/**
 * The records of a page that lie in the window, whatever the server does at its bounds. One that
 * can't be read fails the reading: skipped, it would be lost in silence.
 */
export function recordsOf(page: AuditPage, pageNumber: number, window: TimeWindow): AuditRecord[] {
	const records: AuditRecord[] = [];
	page.records.forEach((value, index) => {
		const record = parseRecord(value);
		if (typeof record === 'string') {
			const position = `record ${index + 1} of page ${pageNumber}`;
			throw new CelonisFault({ kind: record, position });
		}
		if (contains(window, record.timestampMs)) records.push(record);
	});
	return records;
}
