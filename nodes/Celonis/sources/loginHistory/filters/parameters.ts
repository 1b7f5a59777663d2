import { parsePattern } from '../../../filters/pattern';
import { PATTERN, type FilterReader } from '../../../parameters/filterReader';
import type { Expectation } from '../../../parameters/parameterError';
import type { LoginFilters } from './filters';

const OUTCOMES = ['any', 'success', 'failure'] as const;

const TYPE_NAME: Expectation = {
	mismatch: 'is not the name of a type',
	hint: 'Write names such as LOGIN_SSO, LOGOUT, or a list such as ["LOGIN_SSO", "LOGOUT"].',
};

/** Gets 'Filters' of the login history. */
export function getLoginFilters(filters: FilterReader): LoginFilters {
	const outcome = filters.getOptionalChoice('Outcome', 'outcome', OUTCOMES);
	return {
		actors: filters.getIncludeExclude('Actors', 'actors', parsePattern, PATTERN),
		outcome: outcome === 'any' ? undefined : outcome,
		types: filters.getEntries('Event Types', 'types', parseTypeName, TYPE_NAME),
	};
}

function parseTypeName(entry: string): string | undefined {
	return /^[\w .-]+$/.test(entry) ? entry : undefined;
}
