import { createPageNumberPaginator } from '../../reading/pageNumberPaginator';
import { createEventFilter, type Source } from '../source';
import { loginFiltersProperty } from './filters/description';
import { compileLoginFilters } from './filters/filters';
import { LOGIN_HISTORY_FORMATS } from './output';
import { getLoginFilters } from './filters/parameters';

const PATH = '/api/external/authentication-events';

/** Who signed in to the team, or tried to. */
export const loginHistory: Source = {
	api: 'loginHistory',
	title: 'Login History',
	event: 'Login Event',
	description: 'Who signed in or out, and who failed to',
	example: 'Sign in to Celonis',
	identityFields: ['authenticationEventType', 'email', 'success'],
	formats: LOGIN_HISTORY_FORMATS,
	filters: loginFiltersProperty,
	ownOptions: [],
	createPaginator: (send) => createPageNumberPaginator(send, { path: PATH }),
	getEventFilter: (...parameter) =>
		createEventFilter(getLoginFilters(...parameter), compileLoginFilters),
};
