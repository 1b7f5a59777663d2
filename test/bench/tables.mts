import { evaluateTargets, formatNumber, getComparisonSize, type Target } from './targets.mts';
import { GROUPS, type Group } from './profile/groups.mts';
import type { Polls } from './job.mts';
import {
	filterBareLoops,
	findMinimum,
	filterByCell,
	type Result,
	type Results,
} from './results.mts';

/** A table of texts; the first row is its head, the first column has names. */
export type Table = readonly (readonly string[])[];

/** A table with a title. */
export interface TitledTable {
	readonly title: string;
	readonly table: Table;
}

/** One table of readings for each size and latency. */
export function createReadingTables({ readings, failures, parsings }: Results): TitledTable[] {
	const cells = new Map(
		[...readings, ...failures].map(({ size, latencyMs }) => [
			`${size} ${latencyMs}`,
			{ size, latencyMs },
		]),
	);
	return [...cells.values()].map((cell) => {
		const own = filterByCell(readings, cell);
		const parsing = parsings.find(({ size }) => size === cell.size);
		return {
			title: `${formatNumber(cell.size)} events, ${cell.latencyMs} ms`,
			table: [
				HEAD,
				...own.map((result) => createRow(result, own)),
				...filterByCell(failures, cell).map(({ candidate, reason }) => [
					candidate.name,
					`did not finish: ${reason.split('\n')[0]}`,
					...HEAD.slice(2).map(() => ''),
				]),
				...(parsing ? [createParsingRow(parsing.cpuMicrosAnEvent)] : []),
			],
		};
	});
}

const HEAD = [
	'candidate',
	'seconds',
	'events/s',
	'requests',
	'µs CPU/event',
	'peak MB',
	'held MB',
	'time against best bare',
	'events/s against HTTP Request',
];

function createRow(result: Result, cell: readonly Result[]): string[] {
	const isBare = result.candidate.kind === 'bare';
	const bare = isBare ? undefined : findMinimum(filterBareLoops(cell, result), 'durationMs');
	const other = cell.find(({ candidate }) => candidate.kind === 'httpRequest');
	return [
		result.candidate.name,
		(result.durationMs / 1000).toFixed(result.durationMs < 10_000 ? 2 : 1),
		formatNumber(result.eventsASecond),
		formatNumber(result.requests),
		result.cpuMicrosAnEvent.toFixed(1),
		formatMegabytes(result.peakBytes),
		formatMegabytes(result.heldBytes),
		bare === undefined ? '' : formatRatio(result.durationMs / bare),
		other && other !== result ? formatRatio(result.eventsASecond / other.eventsASecond) : '',
	];
}

function createParsingRow(cpuMicrosAnEvent: number): string[] {
	const empty = HEAD.map(() => '');
	return ['JSON.parse of the same pages', ...empty.slice(1, 4), cpuMicrosAnEvent.toFixed(1)].concat(
		empty.slice(5),
	);
}

/** The seconds of readings over TLS: a row for each candidate, a column for each round trip. */
export function createDistantTable(
	{ distant }: Results,
	getName: (result: Result) => string | undefined = ({ candidate }) => candidate.name,
): TitledTable | undefined {
	if (distant.length === 0) return undefined;
	const roundTrips = [...new Set(distant.map(({ roundTripMs }) => roundTripMs))];
	const rows = new Map<string, string[]>();
	for (const result of distant) {
		const name = getName(result);
		if (name === undefined) continue;
		const row = rows.get(name) ?? [name, ...roundTrips.map(() => '')];
		row[roundTrips.indexOf(result.roundTripMs) + 1] = (result.durationMs / 1000).toFixed(1);
		rows.set(name, row);
	}
	return {
		title: `${formatNumber(distant[0]!.size)} events over TLS, seconds by round trip`,
		table: [['read with', ...roundTrips.map((ms) => `${ms}\u00a0ms`)], ...rows.values()],
	};
}

/** The targets and whether they are reached. */
export function createTargetTable(results: Results): TitledTable {
	const rows = evaluateTargets(results).map(({ description, value, target, isReached }: Target) => [
		description,
		value.toFixed(2),
		target,
		isReached ? 'yes' : 'no',
	]);
	return {
		title: `Bars, at ${formatNumber(getComparisonSize(results.readings))} events`,
		table: [['ratio', 'measured', 'bar', 'met'], ...rows],
	};
}

/** The shares of the node's work on its thread. */
export function createProfileTable({ profile }: Results): TitledTable | undefined {
	if (!profile) return undefined;
	const { size, times } = profile;
	const total = Object.values(times).reduce((sum, ms) => sum + ms, 0);
	const groups = (Object.keys(GROUPS) as Group[]).sort((a, b) => (times[b] ?? 0) - (times[a] ?? 0));
	return {
		title: `What the thread does, ${formatNumber(size)} events, 0 ms`,
		table: [
			['part', 'share'],
			...groups.map((group) => [
				GROUPS[group],
				`${Math.round((100 * (times[group] ?? 0)) / total)}\u00a0%`,
			]),
		],
	};
}

/** The measurements of the trigger. */
export function createTriggerTable({
	trigger,
	triggerLatencyMs,
}: Results): TitledTable | undefined {
	if (!trigger) return undefined;
	const { backlog, quiet, burst, quietAfterBurst } = trigger;
	const row = (what: string, polls: Polls) => [
		what,
		formatNumber(polls.events),
		formatNumber(polls.polls),
		formatNumber(polls.requests),
		(polls.ms / 1000).toFixed(2),
		formatNumber(polls.ms / polls.polls),
		formatNumber(polls.stateBytes),
	];
	return {
		title: `The trigger, ${triggerLatencyMs} ms`,
		table: [
			['polls', 'events', 'polls', 'requests', 'seconds', 'ms/poll', 'bytes of state after'],
			row('a backlog, from a start date', backlog),
			row('a quiet log', quiet),
			row('a burst in the last minute', burst),
			row('quiet again, the burst in the lookback', quietAfterBurst),
		],
	};
}

/** A text with aligned columns, for a terminal. */
export function formatText({ title, table }: TitledTable): string {
	const widths = (table[0] ?? []).map((_, column) =>
		Math.max(...table.map((row) => (row[column] ?? '').length)),
	);
	const lines = table.map((row) =>
		row
			.map((text, column) => {
				const width = widths[column] ?? 0;
				return column === 0 ? text.padEnd(width) : text.padStart(width);
			})
			.join('  ')
			.trimEnd(),
	);
	return `\n${title}\n${lines.join('\n')}`;
}

/** A Markdown table. */
export function formatMarkdown({ table }: TitledTable): string {
	const [head = [], ...rows] = table;
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const ruler = head.map((_, column) => (column === 0 ? '---' : '--:'));
	return [line(head), line(ruler), ...rows.map(line)].join('\n');
}

function formatMegabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}

function formatRatio(ratio: number): string {
	return `${ratio.toFixed(2)}×`;
}
