import type { SimulatedResponse } from '../responses.mts';
import { jsonResponse } from '../responses.mts';
import type { SimulatedRequest } from '../routes.mts';
import type { DataPools } from './dataPools.mts';
import type { Table } from './table.mts';

/** Not part of Celonis: the tables as a page for people, or as JSON on request. */
export const tablesPath = '/simulator/tables';

const MAX_ROWS = 200;

/** The page of tables, if it is requested. */
export function renderTablesPage(
	{ method, path, headers }: SimulatedRequest,
	pools: DataPools,
): SimulatedResponse | undefined {
	if (path !== tablesPath || method !== 'GET') return undefined;
	const all = pools.getTables();
	if (!headers.accept?.includes('text/html')) {
		return jsonResponse(
			200,
			all.map(({ poolId, table }) => ({ poolId, ...table })),
		);
	}
	const tables = all.map(({ table }) => renderTable(table)).join('\n');
	const body = `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Tables of the simulated team</title>
<style>
body { font: 14px sans-serif; margin: 2em }
table { border-collapse: collapse }
th, td { border: 1px solid #ccc; padding: 2px 6px; text-align: left; vertical-align: top }
td { max-width: 24em; overflow-wrap: anywhere }
</style></head>
<body><h1>Tables of the simulated team</h1>
${tables || '<p>Nothing has been pushed yet.</p>'}
</body></html>`;
	return { status: 200, headers: { 'content-type': 'text/html;charset=UTF-8' }, body };
}

function renderTable({ name, columns, rows }: Table): string {
	const head = columns.map(
		({ columnName, columnType }) =>
			`<th>${escapeHtml(columnName)}<br><small>${columnType}</small></th>`,
	);
	const lines = rows
		.slice(-MAX_ROWS)
		.reverse()
		.map((row) =>
			columns.map(({ columnName }) => `<td>${escapeHtml(row[columnName])}</td>`).join(''),
		);
	return `<h2>${escapeHtml(name)}: ${rows.length} rows</h2>
<table><tr>${head.join('')}</tr>
${lines.map((line) => `<tr>${line}</tr>`).join('\n')}
</table>`;
}

function escapeHtml(value: unknown): string {
	return String(value ?? '').replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
