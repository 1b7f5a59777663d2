import { isJsonObject } from '../records/json';
import { parseTimestamp } from '../records/timestamp';
import type { TimeWindow } from '../records/timeWindow';
import { isSubSecond, SECOND_MS } from './dateForms';
import type { LogPage, PageRequest, Paginator } from './paginator';

/**
 * A paginator that reads windows shorter than a second from servers that ignore fractions of a second too,
 * which is not documented: to these, such a window ends where its last second begins. Unless a record of
 * that second shows that the server does not, the window is read again up to the next whole second.
 * Longer windows are always requested so: see `buildWindowQuery`.
 */
export function withSubSecondWindows(paginate: Paginator): Paginator {
	let isPrecise = false;
	return async function* (request = {}) {
		const window = getSubSecondWindow(request);
		if (isPrecise || !window) return yield* paginate(request);
		const lastSecondMs = Math.floor(window.toMs / SECOND_MS) * SECOND_MS;
		const held: LogPage[] = [];
		for await (const page of paginate(request)) {
			isPrecise ||= page.records.some((record) => isAfter(record, lastSecondMs));
			held.push(page);
			if (isPrecise) yield* held.splice(0);
		}
		if (held.length === 0) return;
		yield* paginate({ ...request, window: { ...window, toMs: lastSecondMs + SECOND_MS } });
	};
}

/** The window of a request, if it is shorter than a second and does not end with one. */
function getSubSecondWindow({ window }: PageRequest): TimeWindow | undefined {
	if (window?.fromMs === undefined || window.toMs === undefined) return undefined;
	const { fromMs, toMs } = window;
	return isSubSecond(window) && toMs % SECOND_MS !== 0 ? { fromMs, toMs } : undefined;
}

function isAfter(record: unknown, timeMs: number): boolean {
	const timestampMs = isJsonObject(record) ? parseTimestamp(record.timestamp) : undefined;
	return timestampMs !== undefined && timestampMs > timeMs;
}
