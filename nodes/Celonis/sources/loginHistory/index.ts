import { createPageNumberPaginator } from '../../reading/pageNumberPaginator';
import { createEventFilterGetter, type Source } from '../source';
import { loginFiltersProperty } from './filters/description';
import { compileLoginFilters } from './filters/filters';
import { getLoginFilters } from './filters/parameters';
import { LOGIN_HISTORY_FORMATTERS } from './output';

const PATH = '/api/external/authentication-events';

/** The login history: who signed in to the team, or tried to. */
export const loginHistory: Source = {
	api: 'loginHistory',
	resource: 'loginEvent',
	displayName: 'Login History',
	eventDisplayName: 'Login Event',
	description: 'Who signed in or out, and failed sign-ins',
	listDescription: 'login events: who signed in or out, or failed to, and when',
	exampleAction: 'Sign in to Celonis',
	emptyHint:
		'The Login History may be switched off: an admin turns it on under Admin & Settings → Platform Adoption.',
	identityFields: ['authenticationEventType', 'email', 'success'],
	formatters: LOGIN_HISTORY_FORMATTERS,
	filtersProperty: loginFiltersProperty,
	optionProperties: [],
	getOptions: () => ({}),
	createPaginator: (connection) => createPageNumberPaginator(connection, { path: PATH }),
	getEventFilter: createEventFilterGetter(
		loginFiltersProperty,
		getLoginFilters,
		compileLoginFilters,
	),
};
