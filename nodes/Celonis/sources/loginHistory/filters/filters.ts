import { isIncluded, type IncludeExclude } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import {
	matchAll,
	matchText,
	toLowerCaseSet,
	type RecordFilter,
} from '../../../filters/recordFilter';
import { parseLogin } from '../login';

/** What a user wants to see of the login history. An event has to pass every filter that is set. */
export interface LoginFilters {
	/** Matched against the e-mail. */
	readonly actors?: IncludeExclude<Pattern>;
	readonly outcome?: 'success' | 'failure';
	readonly types?: readonly string[];
}

/** Makes one test out of the filters. Without any, all records pass. */
export function compileLoginFilters({ actors, outcome, types }: LoginFilters): RecordFilter {
	return matchAll([
		types && byType(types),
		outcome && ((record) => parseLogin(record).outcome === outcome),
		actors && matchText('email', (email) => isIncluded(actors, email === undefined ? [] : [email])),
	]);
}

function byType(types: readonly string[]): RecordFilter {
	const wanted = toLowerCaseSet(types);
	return matchText('authenticationEventType', (name = '') => wanted.has(name.toLowerCase()));
}
