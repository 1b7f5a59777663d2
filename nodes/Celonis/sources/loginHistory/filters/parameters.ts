import { parsePattern } from '../../../filters/pattern';
import { createFilterReader, PATTERN } from '../../../parameters/filterReader';
import type { ParameterPlace } from '../../../parameters/lists';
import type { LoginFilters } from './filters';

/** The choices of 'Outcome'. */
const OUTCOMES = ['any', 'success', 'failure'] as const;

/** Reads 'Filters' of the login history. */
export function readLoginFilters(
	context: ParameterPlace['context'],
	given: unknown,
	itemIndex?: number,
): LoginFilters {
	const read = createFilterReader(context, given, itemIndex);
	const outcome = read.name('Outcome', 'outcome', OUTCOMES);
	return {
		actors: read.choice('Actors', 'actors', parsePattern, PATTERN),
		outcome: outcome === 'any' ? undefined : outcome,
		types: read.entries('Types', 'types', (entry) => entry, {
			isNot: 'is not a type',
			advice: 'Choose from the list, or name types in an expression.',
		}),
	};
}
