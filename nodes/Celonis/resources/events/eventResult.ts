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
	/**
	 * The times of as many items as an AI agent may get, epoch milliseconds; `NaN` for records that cannot
	 * be read.
	 */
	readonly times: readonly number[];
}

/** The result of Get Many of a log. */
export function toListResult(found: FoundEvents): ListResult {
	const { source, team, window, limit, fields, items } = found;
	const from = formatTimestamp(window.fromMs);
	const to = window.toMs === undefined ? 'now' : formatTimestamp(window.toMs);
	return {
		...found,
		entries: APIS[source.api].entries,
		scope: `of ${team} from ${from} to ${to}`,
		isComplete: items.length < limit,
		emptyHint: source.emptyHint,
		remarks: describeEmptyFields(items, fields),
		continueAfter: (count) => describeContinuation(found, count),
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

/**
 * How to get the events after those that an answer shows. Both bounds are named: relative ones would
 * move on with the time. The last event is repeated, since others may have the same time; but if all
 * have it, the same answer would come again for ever.
 */
function describeContinuation(
	{ window, direction, times }: Pick<FoundEvents, 'window' | 'direction' | 'times'>,
	count: number,
): string {
	const fewer = 'For fewer, use a shorter period or filters.';
	const shown = times.slice(0, count).filter((ms) => !Number.isNaN(ms));
	const [firstMs, lastMs] = [shown[0], shown[shown.length - 1]];
	if (firstMs === undefined || lastMs === undefined) return fewer;
	const isOneTime = firstMs === lastMs;
	const rest =
		direction === 'newestFirst'
			? { ...window, toMs: isOneTime ? lastMs : lastMs + 1 }
			: { ...window, fromMs: isOneTime ? lastMs + 1 : lastMs };
	const to = rest.toMs === undefined ? '' : ` and 'To' to ${formatTimestamp(rest.toMs)}`;
	const bounds = `set 'From' to ${formatTimestamp(rest.fromMs)}${to}`;
	return isOneTime
		? `${fewer} All of these have the time ${formatTimestamp(lastMs)}, and there may be more of it: fewer 'Fields' or other filters show them. To read on without them, ${bounds}.`
		: `${fewer} To read on, ${bounds}, which repeats the last one.`;
}
