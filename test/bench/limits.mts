import { DEFAULT_CONCURRENCY } from './candidates.mts';
import { formatNumber, getComparisonSize } from './targets.mts';
import { DEFAULT_LATENCY_MS } from './plan.mts';
import { filterByCell, type Result, type Results } from './results.mts';

/** Explains what limits the results, as far as it was measured. */
export function describeLimits({ readings, parsings }: Results): string[] {
	const size = getComparisonSize(readings);
	const usual = filterByCell(readings, { size, latencyMs: DEFAULT_LATENCY_MS }).filter(isV2);
	const unhurried = filterByCell(readings, { size, latencyMs: 0 }).filter(isV2);
	const parsing = parsings.find((each) => each.size === size)?.cpuMicrosAnEvent;
	const other = usual.find(({ candidate }) => candidate.kind === 'httpRequest');
	const bare = findFastest(usual, 'bare', DEFAULT_CONCURRENCY);
	const own = findFastest(unhurried, 'celonis');
	const inN8n = findFastest(unhurried, 'bareInN8n');
	return [
		parsing !== undefined &&
			inN8n &&
			`**Processor time**: a bare loop with n8n's request function takes ${formatMicros(inN8n)} an event, which is ${formatRatio(inN8n.cpuMicrosAnEvent / parsing)} \`JSON.parse\` (${parsing.toFixed(1)} µs): sockets, streams, axios, decoding, and the collection of garbage. No node can have less.`,
		own &&
			inN8n &&
			`**What the node adds** to that is ${(own.cpuMicrosAnEvent - inN8n.cpuMicrosAnEvent).toFixed(1)} µs an event: the identity of each event (a SHA-256 over its content, whatever the order of its keys), its time, its actor and category, the items, and garbage of these. \`npm run bench:steps\` prints the shares.`,
		other &&
			bare &&
			`**Against the HTTP Request node**: it reads page after page, so ${DEFAULT_CONCURRENCY} at once can be about ${DEFAULT_CONCURRENCY} times as fast, and the best bare loop is ${formatRatio(other.durationMs / bare.durationMs)}. With more at once the processor is the limit: a fifth of that node's time is ${formatSeconds(other.durationMs / 5)}, and without any latency the Celonis node takes ${own ? formatSeconds(own.durationMs) : 'as long as its processor time'} for ${formatNumber(size)} events on its one thread.`,
	].filter((line) => typeof line === 'string');
}

const isV2 = ({ candidate }: Result) => candidate.api === 'v2';

function findFastest(
	results: readonly Result[],
	kind: Result['candidate']['kind'],
	concurrency?: number,
): Result | undefined {
	return results
		.filter(({ candidate }) => candidate.kind === kind)
		.filter(({ candidate }) => (concurrency ?? candidate.concurrency) === candidate.concurrency)
		.sort((a, b) => a.durationMs - b.durationMs)[0];
}

const formatMicros = ({ cpuMicrosAnEvent }: Result) => `${cpuMicrosAnEvent.toFixed(1)} µs`;
const formatRatio = (ratio: number) => `${ratio.toFixed(1)} times`;
const formatSeconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
