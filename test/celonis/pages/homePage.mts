import { auditV1Path } from '../auditV1.mts';
import { auditV2Path } from '../auditV2.mts';
import type { LogEntry } from '../log.mts';
import { loginHistoryPath } from '../loginHistory.mts';
import { membersPath } from '../members.mts';
import type { RecordedRequest } from '../requests.mts';
import type { SimulatedResponse } from '../responses.mts';
import type { Simulator } from '../simulator.mts';
import { htmlPage, htmlTable, markup } from './html.mts';
import { TABLES_PATH } from './tablesPage.mts';

/** What the page shows of a team. */
export type ShownTeam = Pick<
	Simulator,
	'clock' | 'dataPools' | 'log' | 'logins' | 'members' | 'requests'
>;

const MAX_EVENTS = 20;
const MAX_REQUESTS = 30;

/** The page at the address of the simulator: what the team has, and what was requested. */
export function renderHomePage(team: ShownTeam): SimulatedResponse {
	const { clock, dataPools, logins, members, requests } = team;
	const events = team.log.getVisible(clock.now());
	const tables = dataPools.getTables();
	const rowCount = tables.reduce((sum, { table }) => sum + table.rows.length, 0);
	const contents = [
		['Audit log', `${auditV2Path} and ${auditV1Path}`, count(events.length, 'event')],
		['Login History', loginHistoryPath, count(logins.getVisible(clock.now()).length, 'login')],
		['Members', membersPath, count(members.length, 'member')],
		[
			'Data pool',
			dataPools.poolIds.join(', '),
			`${count(tables.length, 'table')}, ${count(rowCount, 'row')}`,
		],
	];
	return htmlPage(
		'Simulated Celonis team',
		markup`<p>
A simulation on this machine for trying out the n8n nodes: not Celonis, and without real
data. Reload the page to see what is new. The audit log may grow by itself.
</p>
${htmlTable(['What', 'Where', 'How much'], contents, '')}
<h2>Newest audit events</h2>
${htmlTable(
	['Time', 'Event', 'Actor'],
	events.slice(-MAX_EVENTS).reverse().map(describeEvent),
	'The audit log is empty.',
)}
<h2>Last requests</h2>
${htmlTable(
	['Time', 'Request', 'Authorization', 'Status'],
	requests.slice(-MAX_REQUESTS).reverse().map(describeRequest),
	'Nothing has been requested yet.',
)}
<p><a href="${TABLES_PATH}">The pushed tables</a></p>`,
	);
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function describeEvent({ json, timestamp }: LogEntry): string[] {
	const { event, userId } = JSON.parse(json) as Record<string, unknown>;
	return [formatTime(timestamp), formatValue(event), formatValue(userId)];
}

function formatValue(value: unknown): string {
	return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function describeRequest(request: RecordedRequest): string[] {
	const { at, method, path, query, headers, status, fault } = request;
	const parameters = new URLSearchParams(query).toString();
	return [
		formatTime(at),
		`${method} ${path}${parameters && `?${parameters}`}`,
		headers.authorization ?? '',
		[status ?? 'no response', fault].filter((part) => part !== undefined).join(', '),
	];
}

function formatTime(epochMs: number): string {
	return new Date(epochMs).toISOString();
}
