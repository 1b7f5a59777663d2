import type { IExecuteFunctions } from 'n8n-workflow';
import { APIS } from '../../errors/apis';
import { findEmptyFields, type FieldPath } from '../../output/fields';
import type { JsonObject } from '../../records/json';
import type { OpenWindow } from '../../records/timeWindow';
import { formatTimestamp } from '../../records/timestamp';
import type { Source } from '../../sources/source';
import { addExecutionHint } from '../executionHint';

/** What an input item requested, and what it got. */
export interface EventResult {
	readonly source: Pick<Source, 'api' | 'emptyHint'>;
	readonly team: string;
	readonly window: OpenWindow;
	readonly hasFilters: boolean;
	readonly limit: number;
	readonly fields: readonly FieldPath[];
	readonly items: readonly JsonObject[];
}

/** Shows hints beside the items in n8n's editor. */
export function addResultHints(context: IExecuteFunctions, result: EventResult): void {
	for (const message of describeResult(result)) {
		addExecutionHint(context, 'info', message);
	}
}

/** What a user may want to know about a result that looks like an incomplete one. */
export function describeResult(result: EventResult): string[] {
	const { source, team, window, hasFilters, limit, fields, items } = result;
	const { entries } = APIS[source.api];
	const from = formatTimestamp(window.fromMs);
	const to = window.toMs === undefined ? 'now' : formatTimestamp(window.toMs);
	if (items.length === 0) {
		const where = `${entries} of ${team} from ${from} to ${to}`;
		if (hasFilters) return [`None of the ${where} passes the filters.`];
		return [`There are no ${where}.${source.emptyHint ? ` ${source.emptyHint}` : ''}`];
	}
	const emptyFields = findEmptyFields(items, fields).map((path) => path.join('.'));
	return [
		...(items.length >= limit
			? [`'Limit' ends the list at ${limit}: there may be more ${entries}.`]
			: []),
		...(emptyFields.length > 0
			? [`No item has a value in these of the 'Fields': ${emptyFields.join(', ')}.`]
			: []),
	];
}
