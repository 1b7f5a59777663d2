import type { LogEvent } from '../records/eventId';
import type { Outcome } from './entities';
import { stringifyJson } from '../records/canonicalJson';
import { formatTimestamp } from '../records/timestamp';
import { omitEmpty } from '../records/omitEmpty';

/** The version of the Elastic Common Schema that the nodes write. */
export const ECS_VERSION = '9.4.0';

/** The values of the base fields that depend on the log and the record. */
export interface EcsBase {
	/** One line: who did what to whom or what, and with which result. */
	readonly summary: string;
	readonly category: string;
	readonly types: readonly string[];
	readonly action: string;
	readonly outcome: Outcome;
	readonly reason?: string;
	/** The log as a data set, and as a product. */
	readonly dataset: string;
	readonly product: string;
}

/** Builds the fields that all documents have. `event.original` is the record as received. */
export function buildEcsBase(event: LogEvent, base: EcsBase): Record<string, unknown> {
	const { summary, category, types, action, outcome, reason, dataset, product } = base;
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
			original: stringifyJson(event.raw),
		}),
		observer: { vendor: 'Celonis', product },
	};
}

/** The texts among some values, without duplicates. */
export function uniqueTexts(texts: ReadonlyArray<string | null | undefined>): string[] {
	return [...new Set(texts.filter((text): text is string => typeof text === 'string'))];
}
