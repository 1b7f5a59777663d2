import type { DataPools } from '../dataPush/dataPools.mts';
import type { Table } from '../dataPush/table.mts';
import type { SimulatedResponse } from '../responses.mts';
import { jsonResponse } from '../responses.mts';
import type { Html } from './html.mts';
import { htmlPage, htmlTable, markup } from './html.mts';

/** The address of the tables: a page for people, JSON for programs. */
export const TABLES_PATH = '/simulator/tables';

const MAX_ROWS = 200;

/** The pushed tables, for programs. */
export function renderTablesJson(pools: DataPools): SimulatedResponse {
	const tables = pools.getTables().map(({ poolId, table }) => ({ poolId, ...table }));
	return jsonResponse(200, tables);
}

/** The pushed tables, for people: the newest rows of each. */
export function renderTablesPage(pools: DataPools): SimulatedResponse {
	const tables = pools.getTables().map(({ table }) => renderTable(table));
	const content = tables.length > 0 ? tables : markup`<p>Nothing has been pushed yet.</p>`;
	return htmlPage(
		'Tables of the simulated team',
		markup`<p><a href="/">The simulated team</a></p>
${content}`,
	);
}

function renderTable({ name, columns, rows }: Table): Html {
	const head = columns.map(
		({ columnName, columnType }) => markup`${columnName}<br /><small>${columnType}</small>`,
	);
	const newest = rows.slice(-MAX_ROWS).reverse();
	const cells = newest.map((row) =>
		columns.map(({ columnName }) =>
			Object.hasOwn(row, columnName) ? String(row[columnName] ?? '') : '',
		),
	);
	return markup`<h2>${name}: ${rows.length} rows</h2>
${htmlTable(head, cells, 'The table is empty.')}`;
}
