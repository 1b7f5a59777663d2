import type { SimulatedResponse } from '../responses.mts';
import type { SimulatedRequest } from '../routes.mts';
import type { ShownTeam } from './homePage.mts';
import { renderHomePage } from './homePage.mts';
import { renderTablesJson, renderTablesPage, TABLES_PATH } from './tablesPage.mts';

/** The requested page of the simulator itself, if it is one. They are not part of Celonis. */
export function renderPage(
	{ method, path, headers }: SimulatedRequest,
	team: ShownTeam,
): SimulatedResponse | undefined {
	if (method !== 'GET') return undefined;
	const isForPeople = headers.accept?.includes('text/html') ?? false;
	if (path === TABLES_PATH) {
		return isForPeople ? renderTablesPage(team.dataPools) : renderTablesJson(team.dataPools);
	}
	return path === '/' && isForPeople ? renderHomePage(team) : undefined;
}
