import type { AuditLog } from './log.mts';
import type { AuditRecord } from './records.mts';
import { publishedSamples } from './records.mts';

/** A record that is identified by its time and its `nodeName`. */
export function createRecord(time: number | string, name = 'node'): AuditRecord {
	const timestamp = new Date(time).toISOString();
	return { ...publishedSamples[0]!, timestamp, message: { nodeName: name } };
}

export function getName(record: AuditRecord): unknown {
	return (record.message as { nodeName?: unknown }).nodeName;
}

/** Adds records named 0, 1, 2 …, one a second, and returns the time after the last. */
export function fillLog(log: AuditLog, count: number, start: number | string): number {
	const startMs = new Date(start).getTime();
	for (let index = 0; index < count; index++) {
		log.append(createRecord(startMs + index * 1000, String(index)));
	}
	return startMs + count * 1000;
}
