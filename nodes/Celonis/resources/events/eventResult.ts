import type { IDataObject } from 'n8n-workflow';
import { APIS } from '../../errors/apis';
import { findEmptyFields, type FieldPath } from '../../output/fields';
import type { Direction } from '../../reading/slicingOptions';
import type { OpenWindow } from '../../records/timeWindow';
import { formatTimestamp } from '../../records/timestamp';
import type { Source } from '../../sources/source';
import type { ListResult } from '../listResult';

/** What an input item has requested of a log, and what was found. */
export interface FoundEvents extends Pick<ListResult, 'filters' | 'items' | 'read' | 'passed'> {
	readonly source: Pick<Source, 'api' | 'emptyHint'>;
	readonly team: string;
	readonly window: OpenWindow;
	readonly direction: Direction;
	readonly limit: number;
	readonly fields: readonly FieldPath[];
	/** The times of the items, epoch milliseconds. */
	readonly times: readonly number[];
}

/** The result of Get Many of a log. */
export function toListResult(found: FoundEvents): ListResult {
	const { source, team, window, direction, limit, fields, times, items } = found;
	const from = formatTimestamp(window.fromMs);
	const to = window.toMs === undefined ? 'now' : formatTimestamp(window.toMs);
	return {
		...found,
		entries: APIS[source.api].entries,
		scope: `of ${team} from ${from} to ${to}`,
		isComplete: items.length < limit,
		emptyHint: source.emptyHint,
		remarks: describeEmptyFields(items, fields),
		continueAfter: (count) => describeContinuation(direction, times[count - 1]),
	};
}

function describeEmptyFields(
	items: readonly IDataObject[],
	fields: readonly FieldPath[],
): string[] {
	const names = findEmptyFields(items, fields).map((path) => path.join('.'));
	return names.length === 0
		? []
		: [`No item has a value in these of the 'Fields': ${names.join(', ')}.`];
}

/** The last event is repeated: others may have the same time. */
function describeContinuation(direction: Direction, lastMs = 0): string {
	const bound =
		direction === 'newestFirst'
			? `'To' to ${formatTimestamp(lastMs + 1)}`
			: `'From' to ${formatTimestamp(lastMs)}`;
	return `For fewer, use a shorter period or filters. To read on, set ${bound}, which repeats the last one.`;
}
