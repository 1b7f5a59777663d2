import type { LogEvent } from '../records/eventId';
import type { Outcome } from './person';
import { stringifyRecord } from '../records/record';
import { formatTimestamp } from '../records/timestamp';
import { omitEmpty } from '../records/omitEmpty';

/** The version of the Elastic Common Schema that is written. */
export const ECS_VERSION = '9.4.0';

/** What a log has to say for the fields that all its documents have. */
export interface EcsBase {
	/** In one line: what, and by whom. */
	readonly summary: string;
	readonly category: string;
	readonly types: readonly string[];
	readonly action: string;
	readonly outcome: Outcome;
	readonly reason?: string;
	/** The log, as the name of a data set and of a product. */
	readonly dataset: string;
	readonly product: string;
}

/** What every document has, whatever the log. The record as Celonis sent it is `event.original`. */
export function buildEcsBase(event: LogEvent, frame: EcsBase): Record<string, unknown> {
	const { summary, category, types, action, outcome, reason, dataset, product } = frame;
	return {
		'@timestamp': formatTimestamp(event.timestampMs),
		ecs: { version: ECS_VERSION },
		message: summary,
		event: omitEmpty({
			kind: 'event',
			category: [category],
			type: types,
			action,
			outcome,
			reason,
			id: event.eventId,
			provider: 'celonis',
			module: 'celonis',
			dataset,
			original: stringifyRecord(event.raw),
		}),
		observer: { vendor: 'Celonis', product },
	};
}

/** The texts among some, each once. */
export function uniqueTexts(texts: ReadonlyArray<string | null | undefined>): string[] {
	return [...new Set(texts.filter((text): text is string => typeof text === 'string'))];
}
