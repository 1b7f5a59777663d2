import { formatNumber, getComparisonSize } from './targets.mts';
import { DEFAULT_LATENCY_MS } from './plan.mts';
import { filterByCell, type Result, type Results } from './results.mts';
import { createDistantTable, createProfileTable, formatMarkdown, type Table } from './tables.mts';

/** The environment of the runs. */
export interface Circumstances {
	readonly cores: number;
	readonly nodeVersion: string;
	readonly n8nVersion: string;
	readonly repeats: number;
	readonly command: string;
}

/** The page about performance, for users: the full tables and the thresholds go to the terminal. */
export function renderReport(results: Results, circumstances: Circumstances): string {
	const size = formatNumber(getComparisonSize(results.readings));
	return `# Performance

<!-- made by \`npm run bench\` -->

The Celonis node with _Return All_ reads a large window in several time slices at once; n8n's HTTP Request node reads one page after the other. _Concurrency_ (default 8) is the maximum number of parallel requests: the node starts with 2 and sends more as long as that is faster. The processor limits how much it helps. A script that only requests and parses pages is faster, because the node also gives each event its \`eventId\`, actor and category, sorts events, and retries failed requests. n8n opens a new connection for every request of any node, so with a real team, each page takes three round trips: for TCP, for TLS and for the request.${formatTrigger(results)} ${formatMethod(circumstances)}

![Time against number of events](performance.svg)

Reading ${size} events, with ${DEFAULT_LATENCY_MS} ms for each response:

${formatMarkdown({ title: '', table: renderComparison(results) })}

Bare loops only request and parse pages: with \`fetch\` or axios over open connections, the faster of the two, or with the request function that n8n gives to nodes. Peak memory is the resident memory above that at the start.
${renderDistant(results)}${renderWork(results)}`;
}

/** What a distance costs: each row by version 2 of the API. */
function renderDistant(results: Results): string {
	const table = createDistantTable(results, ({ candidate }) => DISTANT_NAMES[candidate.id]);
	if (!table) return '';
	return `
Reading ${formatNumber(results.distant[0]!.size)} events over TLS, in seconds, by the time that a message takes there and back, without other latency and with unlimited bandwidth, in one run:

${formatMarkdown(table)}
`;
}

/** What the processor does, and the least that it has to do. */
function renderWork(results: Results): string {
	const table = createProfileTable(results);
	if (!table) return '';
	const unhurried = filterByCell(results.readings, {
		size: getComparisonSize(results.readings),
		latencyMs: 0,
	});
	const rows: Array<readonly [string, string]> = [
		['celonis-v2-8', 'Celonis node, Concurrency 8 (default)'],
		['n8n-v2-8', "bare loop with n8n's request function"],
		['required-v2-8', 'the same with the event IDs and items of the Celonis node'],
	];
	const micros = rows.flatMap(([id, name]) => {
		const result = unhurried.find(({ candidate }) => candidate.id === id);
		return result
			? [[name, result.cpuMicrosAnEvent.toFixed(1), (result.durationMs / 1000).toFixed(2)]]
			: [];
	});
	return `
## What the processor does

Without latency, processor time decides. A node cannot do without n8n's request function, so the loop with it is the least that a node can take; with event IDs and items, it is the least that this node can take:

${formatMarkdown({ title: '', table: [['read with', 'µs of processor an event', 'seconds'], ...micros] })}

What the thread of the Celonis node does in that time, by a CPU profile:

${formatMarkdown(table)}
`;
}

/** How the page names candidates, by their IDs. */
const DISTANT_NAMES: Readonly<Record<string, string>> = {
	'http-request': 'HTTP Request node with pagination, and Split Out',
	'celonis-v2-1': 'Celonis node, Concurrency 1',
	'celonis-v2-4': 'Celonis node, Concurrency 4',
	'celonis-v2-8': 'Celonis node, Concurrency 8 (default)',
	'n8n-v2-8': "bare loop with n8n's request function, 8 requests at once",
};

function formatTrigger({ trigger }: Results): string {
	if (!trigger) return '';
	const { backlog, quiet } = trigger;
	return ` The trigger delivers a backlog of ${formatNumber(backlog.events)} events in ${formatNumber(backlog.polls)} polls of ${(backlog.ms / backlog.polls / 1000).toFixed(1)} s; a quiet poll takes ${formatNumber(quiet.requests / quiet.polls)} request and ${formatNumber(quiet.ms / quiet.polls)} ms.`;
}

function formatMethod({ cores, nodeVersion, n8nVersion, repeats, command }: Circumstances) {
	const runs = repeats === 1 ? 'one run' : `the median of ${repeats} runs (one for the trigger)`;
	return `All figures are ${runs} of \`${command}\`, in fresh processes with Node.js ${nodeVersion} and n8n ${n8nVersion}, against a simulated team on the same ${cores} cores, without TLS unless it says so.`;
}

/** The node and its alternatives, by version 2 of the API. */
function renderComparison({ readings }: Results): Table {
	const cell = filterByCell(readings, {
		size: getComparisonSize(readings),
		latencyMs: DEFAULT_LATENCY_MS,
	});
	const find = (kind: Result['candidate']['kind'], concurrency: number) =>
		cell
			.filter(({ candidate: each }) => each.kind === kind && each.api === 'v2')
			.filter(({ candidate: each }) => each.concurrency === concurrency)
			.sort((a, b) => a.durationMs - b.durationMs)[0];
	const rows: Array<readonly [string, Result | undefined]> = [
		['HTTP Request node with pagination, and Split Out', find('httpRequest', 1)],
		['Celonis node, Concurrency 1', find('celonis', 1)],
		['Celonis node, Concurrency 4', find('celonis', 4)],
		['Celonis node, Concurrency 8 (default)', find('celonis', 8)],
		['bare loop, one request at a time', find('bare', 1)],
		['bare loop, 8 requests at once', find('bare', 8)],
		["bare loop with n8n's request function, 8 requests at once", find('bareInN8n', 8)],
		['the same with the event IDs and items of the Celonis node', find('requiredWork', 8)],
	];
	return [
		['read with', 'seconds', 'events/s', 'peak memory'],
		...rows.flatMap(([name, result]) => (result ? [[name, ...formatFigures(result)]] : [])),
	];
}

function formatFigures({ durationMs, eventsASecond, peakBytes }: Result): string[] {
	return [
		(durationMs / 1000).toFixed(1),
		formatNumber(eventsASecond),
		`${formatNumber(peakBytes / 1e6)}\u00a0MB`,
	];
}
