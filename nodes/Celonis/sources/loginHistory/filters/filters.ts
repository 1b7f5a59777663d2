import { isIncluded, type IncludeExclude } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import {
	matchAll,
	matchField,
	toLowerCaseSet,
	type RecordFilter,
} from '../../../filters/recordFilter';
import { parseLogin } from '../login';

/** Filters of the login history. An event has to pass every filter that is set. */
export interface LoginFilters {
	/** Matched against the e-mail address. */
	readonly actors?: IncludeExclude<Pattern>;
	readonly outcome?: 'success' | 'failure';
	readonly types?: readonly string[];
}

/** Compiles the filters into one. Without any, all records pass. */
export function compileLoginFilters({ actors, outcome, types }: LoginFilters): RecordFilter {
	return matchAll([
		types && matchType(types),
		outcome && ((record) => parseLogin(record).outcome === outcome),
		actors &&
			matchField('email', (email) => isIncluded(actors, email === undefined ? [] : [email])),
	]);
}

function matchType(types: readonly string[]): RecordFilter {
	const names = toLowerCaseSet(types);
	return matchField('authenticationEventType', (name = '') => names.has(name.toLowerCase()));
}
