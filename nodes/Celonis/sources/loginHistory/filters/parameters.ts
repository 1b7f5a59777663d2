import { parsePattern } from '../../../filters/pattern';
import { PATTERN, type FilterReader } from '../../../parameters/filterReader';
import type { LoginFilters } from './filters';

const OUTCOMES = ['any', 'success', 'failure'] as const;

/** Gets 'Filters' of the login history. */
export function getLoginFilters(filters: FilterReader): LoginFilters {
	const outcome = filters.getOptionalChoice('Outcome', 'outcome', OUTCOMES);
	return {
		actors: filters.getIncludeExclude('Actors', 'actors', parsePattern, PATTERN),
		outcome: outcome === 'any' ? undefined : outcome,
		types: filters.getTexts('Event Types', 'types'),
	};
}
