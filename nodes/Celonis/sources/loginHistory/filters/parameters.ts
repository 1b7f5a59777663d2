import { parsePattern } from '../../../filters/pattern';
import { createFilterReader, PATTERN } from '../../../parameters/filterReader';
import type { ParameterRef } from '../../../parameters/lists';
import type { LoginFilters } from './filters';

/** The choices of 'Outcome'. */
const OUTCOMES = ['any', 'success', 'failure'] as const;

/** Reads 'Filters' of the login history. */
export function getLoginFilters(
	context: ParameterRef['context'],
	given: unknown,
	itemIndex?: number,
): LoginFilters {
	const read = createFilterReader(context, given, itemIndex);
	const outcome = read.name('Outcome', 'outcome', OUTCOMES);
	return {
		actors: read.choice('Actors', 'actors', parsePattern, PATTERN),
		outcome: outcome === 'any' ? undefined : outcome,
		types: read.entries('Types', 'types', (entry) => entry, {
			mismatch: 'is not a type',
			hint: 'Choose from the list, or name types in an expression.',
		}),
	};
}
