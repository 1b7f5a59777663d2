import { barsOf, numberText, usualSize, type Bar } from './bars.mts';
import type { Polls } from './job.mts';
import { bareLike, best, inCell, type Result, type Results } from './results.mts';

/** A table of text; the first row is its head, the first column its names. */
export type Table = readonly (readonly string[])[];

/** A table with what it is about. */
export interface Titled {
	readonly title: string;
	readonly table: Table;
}

/** The readings, a table for each size and latency. */
export function readingTables({ readings, failures, parsings }: Results): Titled[] {
	const cells = new Map(
		[...readings, ...failures].map(({ size, latencyMs }) => [
			`${size} ${latencyMs}`,
			{ size, latencyMs },
		]),
	);
	return [...cells.values()].map((cell) => {
		const own = inCell(readings, cell);
		const parsing = parsings.find(({ size }) => size === cell.size);
		return {
			title: `${numberText(cell.size)} events, ${cell.latencyMs} ms`,
			table: [
				HEAD,
				...own.map((result) => rowOf(result, own)),
				...inCell(failures, cell).map(({ contestant, reason }) => [
					contestant.name,
					`did not finish: ${reason.split('\n')[0]}`,
					...HEAD.slice(2).map(() => ''),
				]),
				...(parsing ? [parsingRow(parsing.cpuMicrosAnEvent)] : []),
			],
		};
	});
}

const HEAD = [
	'contestant',
	'seconds',
	'events/s',
	'requests',
	'µs CPU/event',
	'peak MB',
	'held MB',
	'time against best bare',
	'events/s against HTTP Request',
];

function rowOf(result: Result, cell: readonly Result[]): string[] {
	const isBare = result.contestant.kind === 'bare';
	const bare = isBare ? undefined : best(bareLike(cell, result), 'ms');
	const other = cell.find(({ contestant }) => contestant.kind === 'httpRequest');
	return [
		result.contestant.name,
		(result.ms / 1000).toFixed(result.ms < 10_000 ? 2 : 1),
		numberText(result.eventsASecond),
		numberText(result.requests),
		result.cpuMicrosAnEvent.toFixed(1),
		megabytes(result.peakBytes),
		megabytes(result.heldBytes),
		bare === undefined ? '' : ratioText(result.ms / bare),
		other && other !== result ? ratioText(result.eventsASecond / other.eventsASecond) : '',
	];
}

function parsingRow(cpuMicrosAnEvent: number): string[] {
	const empty = HEAD.map(() => '');
	return ['JSON.parse of the same pages', ...empty.slice(1, 4), cpuMicrosAnEvent.toFixed(1)].concat(
		empty.slice(5),
	);
}

/** The bars and whether they are met. */
export function barTable(results: Results): Titled {
	const rows = barsOf(results).map(({ what, figure, bar, isMet }: Bar) => [
		what,
		figure.toFixed(2),
		bar,
		isMet ? 'yes' : 'no',
	]);
	return {
		title: `Bars, at ${numberText(usualSize(results.readings))} events`,
		table: [['ratio', 'measured', 'bar', 'met'], ...rows],
	};
}

/** What the trigger did. */
export function triggerTable({ trigger, triggerLatencyMs }: Results): Titled | undefined {
	if (!trigger) return undefined;
	const { backlog, quiet, burst, quietAfterBurst } = trigger;
	const row = (what: string, polls: Polls) => [
		what,
		numberText(polls.events),
		numberText(polls.polls),
		numberText(polls.requests),
		(polls.ms / 1000).toFixed(2),
		numberText(polls.ms / polls.polls),
		numberText(polls.stateBytes),
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

/** Columns side by side, for a terminal. */
export function textOf({ title, table }: Titled): string {
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

/** As Markdown has it. */
export function markdownOf({ table }: Titled): string {
	const [head = [], ...rows] = table;
	const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
	const ruler = head.map((_, column) => (column === 0 ? '---' : '--:'));
	return [line(head), line(ruler), ...rows.map(line)].join('\n');
}

function megabytes(bytes: number): string {
	return (bytes / 1e6).toFixed(bytes < 1e8 ? 1 : 0);
}

function ratioText(ratio: number): string {
	return `${ratio.toFixed(2)}×`;
}
