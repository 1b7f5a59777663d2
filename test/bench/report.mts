import { format, resolveConfig } from 'prettier';
import { numberText, usualSize } from './bars.mts';
import { limitsOf } from './limits.mts';
import { USUAL_LATENCY_MS } from './plan.mts';
import type { Results } from './results.mts';
import { barTable, markdownOf, readingTables, triggerTable } from './tables.mts';

/** What the runs were done on. */
export interface Circumstances {
	readonly cores: number;
	readonly nodeVersion: string;
	readonly n8nVersion: string;
	readonly heapMegabytes: number;
	readonly repeats: number;
	readonly command: string;
}

/** The page about performance, as prettier wants it. */
export async function reportOf(
	results: Results,
	circumstances: Circumstances,
	path: string,
): Promise<string> {
	const readings = readingTables(results).map(
		(titled) => `### ${titled.title}\n\n${markdownOf(titled)}`,
	);
	const trigger = triggerTable(results);
	const text = [
		introduction(circumstances),
		`## Bars\n\n${barsIntroduction(results)}\n\n${markdownOf(barTable(results))}`,
		`### What the limits are\n\n${listOf([...limitsOf(results), ONE_CONNECTION])}`,
		`## Readings\n\n${READINGS}\n\n![Time against number of events](performance.svg)`,
		...readings,
		...(trigger ? [`## The trigger\n\n${TRIGGER}\n\n${markdownOf(trigger)}`] : []),
	].join('\n\n');
	const config = await resolveConfig(path);
	return await format(text, { ...config, parser: 'markdown' });
}

function introduction({ cores, nodeVersion, n8nVersion, ...other }: Circumstances): string {
	const times =
		other.repeats === 1
			? 'one run'
			: `the median of ${other.repeats} runs (one run from ${numberText(1_000_000)} events on)`;
	return `# Performance

<!-- made by \`npm run bench\` -->

How fast the nodes read an audit log, against n8n's own HTTP Request node and against bare loops that do nothing but ask for pages and parse them. Made by \`${other.command}\` on ${cores} cores, which the simulated Celonis shares, with Node.js ${nodeVersion} and n8n ${n8nVersion}.

- The **simulated Celonis** runs in a process of its own, answers each request after the given latency, without TLS, and serves pages of 500 records (v1: 200) from a log that is evenly dense.
- Each figure is ${times}, each in a **fresh process** that has read 1 000 events before. Starting up does not count. All processes have a heap limit of ${numberText(other.heapMegabytes)} MB.
- The **Celonis node** (Return All) and the **HTTP Request node** are run by the engine of an installed n8n with its default way to evaluate expressions, as an active workflow. Credentials come from memory instead of n8n's database, and executions are not saved.
- The **HTTP Request node** (version 4.5) is set up as n8n's documentation teaches it: a Header Auth credential, \`limit\`, \`from\` and \`to\` as query parameters, pagination _Update a Parameter in Each Request_ with \`pageToken\` = \`{{ $response.body.nextPageToken }}\`, complete when \`{{ !$response.body.nextPageToken }}\`, no interval; then a Split Out node on \`content\`.
- **Bare loops** use \`fetch\`, or axios, over connections that stay open, \`JSON.parse\` each page and hold the records. With a concurrency, they read v1's pages at once, or v2 in equal slices of time, three for each worker. They know beforehand that this log is even; they check nothing, retry nothing, and give records no identity. The ones with **n8n's request function** do the same with what n8n gives to nodes for their requests: no node can be faster than they are.`;
}

function barsIntroduction({ readings }: Results): string {
	const size = numberText(usualSize(readings));
	return `At ${size} events and ${USUAL_LATENCY_MS} ms, where nothing else is said. Beside a bare loop stands the one that does best in this figure.`;
}

/** Known from n8n's source: its request function makes an agent for each request. */
const ONE_CONNECTION =
	"**Connections**: n8n makes a new agent, and so a new connection, for each request of a node; `agentOptions` are given to that agent, and can't make it last. Over TLS that is a handshake for each page, for every node alike; the simulated Celonis speaks plain HTTP.";

function listOf(lines: readonly string[]): string {
	return lines.map((line) => `- ${line}`).join('\n');
}

const READINGS =
	'CPU time is that of the reading process alone, garbage collection included. Peak is the highest resident memory above that right before the reading; held is what the result keeps on the heap.';

const TRIGGER =
	"One run in n8n's poll context, polls a minute apart by the simulated clock, with the node's default options. A backlog is delivered over many polls; state is the JSON that n8n saves with the workflow.";
