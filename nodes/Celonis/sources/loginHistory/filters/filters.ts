import { passes, type Choice } from '../../../filters/includeExclude';
import type { Pattern } from '../../../filters/pattern';
import { allOf, byText, inLowerCase, type RecordFilter } from '../../../filters/recordFilter';
import { loginOf } from '../login';

/** What a user wants to see of the login history. An event has to pass every filter that is set. */
export interface LoginFilters {
	/** Matched against the e-mail. */
	readonly actors?: Choice<Pattern>;
	readonly outcome?: 'success' | 'failure';
	readonly types?: readonly string[];
}

/** Makes one test out of the filters. Without any, all records pass. */
export function compileLoginFilters({ actors, outcome, types }: LoginFilters): RecordFilter {
	return allOf([
		types && byType(types),
		outcome && ((record) => loginOf(record).outcome === outcome),
		actors && byText('email', (email) => passes(actors, email === undefined ? [] : [email])),
	]);
}

function byType(types: readonly string[]): RecordFilter {
	const wanted = inLowerCase(types);
	return byText('authenticationEventType', (name = '') => wanted.has(name.toLowerCase()));
}
