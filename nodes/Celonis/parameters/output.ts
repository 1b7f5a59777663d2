import { parseFieldPath } from '../output/fields';
import { OUTPUT_FORMATS, type EventFormatters, type OutputSettings } from '../output/items';
import { getList, throwParameterError, requireChoice, type ParameterRef } from './lists';

/** The options that say what an item is to hold. */
export interface OutputOptions {
	readonly output?: unknown;
	readonly fields?: unknown;
	readonly enrichActor?: unknown;
}

/** What an item is to hold, before the members are read. */
export interface OutputParameters extends Omit<OutputSettings, 'members'> {
	/** Whether the members are to be told of. */
	readonly isEnriched: boolean;
}

/**
 * Reads 'Output', 'Fields' and 'Enrich Actor'; a form that does not exist is an error that lists
 * those that do.
 */
export function getOutputSettings(
	context: ParameterRef['context'],
	formats: EventFormatters,
	{ output = 'event', fields, enrichActor }: OutputOptions,
	itemIndex?: number,
): OutputParameters {
	const placeOf = (displayName: string): ParameterRef => ({ context, displayName, itemIndex });
	const name = requireChoice(placeOf('Output'), output, OUTPUT_FORMATS);
	const isEnriched = enrichActor === true || enrichActor === 'true';
	if (isEnriched && name === 'raw') {
		throwParameterError(
			placeOf('Output'),
			name,
			"leaves no place for what 'Enrich Actor' adds",
			"Raw items are exactly as Celonis sent them. Choose another 'Output', or take 'Enrich Actor' out.",
		);
	}
	return {
		format: formats[name],
		fields: getList(placeOf('Fields'), fields).map(parseFieldPath),
		isEnriched,
	};
}
