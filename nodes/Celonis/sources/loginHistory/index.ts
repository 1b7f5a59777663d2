import { createNumberedPages } from '../../reading/pageNumberPaginator';
import { wantedBy, type Source } from '../source';
import { loginFiltersProperty } from './filters/description';
import { compileLoginFilters } from './filters/filters';
import { LOGIN_HISTORY_FORMATS } from './output';
import { readLoginFilters } from './filters/parameters';

const PATH = '/api/external/authentication-events';

/** Who signed in to the team, or tried to. */
export const loginHistory: Source = {
	api: 'loginHistory',
	title: 'Login History',
	event: 'Login Event',
	description: 'Who signed in or out, and who failed to',
	example: 'Sign in to Celonis',
	contentFields: ['authenticationEventType', 'email', 'success'],
	formats: LOGIN_HISTORY_FORMATS,
	filtersProperty: loginFiltersProperty,
	ownOptions: [],
	openPages: (send) => createNumberedPages(send, { path: PATH }),
	readFilters: (...parameter) => wantedBy(readLoginFilters(...parameter), compileLoginFilters),
};
