import { formatEvent } from '../../../nodes/Celonis/output/items';
import {
	assignEventIds,
	compareEvents,
	type LogEvent,
} from '../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../nodes/Celonis/records/record';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { measureCpuMs, parsePage } from './records.mts';

const PAGES_PER_SLICE = 4;
const scope = { ...auditLog, team: 'acme.eu-1.celonis.cloud' };

/** Processor time of each step from a page's text to items, in milliseconds. */
export function measureEventSteps(pages: readonly string[]): Map<string, number> {
	const costs = new Map<string, number>();
	const measure = <T,>(step: string, act: () => T): T => {
		let result!: T;
		const ms = measureCpuMs(() => void (result = act()));
		costs.set(step, (costs.get(step) ?? 0) + ms);
		return result;
	};
	const events: LogEvent[] = [];
	for (let first = 0; first < pages.length; first += PAGES_PER_SLICE) {
		const slice = pages.slice(first, first + PAGES_PER_SLICE);
		const values = measure('JSON.parse', () => slice.flatMap(parsePage));
		const records = measure('parse records', () => values.map((value) => parseRecord(value, 0)));
		events.push(...measure('assign event ids', () => assignEventIds(records, scope)));
	}
	measure('sort', () => events.sort(compareEvents));
	measure('format items', () =>
		events.map((event) => formatEvent(event, { format: auditLog.formatters.event })),
	);
	return costs;
}
