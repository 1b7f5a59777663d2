import { DEFAULT_CONCURRENCY } from './candidates.mts';
import { getComparisonSize } from './targets.mts';
import { DEFAULT_LATENCY_MS } from './plan.mts';
import { filterByCell, type Result, type Results } from './results.mts';

/** Explains what limits the results, as far as it was measured. */
export function describeLimits({ readings, parsings }: Results): string[] {
	const size = getComparisonSize(readings);
	const usual = filterByCell(readings, { size, latencyMs: DEFAULT_LATENCY_MS }).filter(isV2);
	const unhurried = filterByCell(readings, { size, latencyMs: 0 }).filter(isV2);
	const parsing = parsings.find((each) => each.size === size)?.cpuMicrosAnEvent;
	const other = usual.find(({ candidate }) => candidate.kind === 'httpRequest');
	const own = findFastest(unhurried, 'celonis');
	const inN8n = findFastest(unhurried, 'bareInN8n');
	const required = findFastest(unhurried, 'requiredWork');
	const requiredUsually = findFastest(usual, 'requiredWork');
	return [
		parsing !== undefined &&
			inN8n &&
			`**Processor time**: a bare loop with n8n's request function takes ${formatMicros(inN8n)} an event, which is ${formatRatio(inN8n.cpuMicrosAnEvent / parsing)} \`JSON.parse\` (${parsing.toFixed(1)} µs): sockets, streams, axios, decoding, and the collection of garbage. No node can have less.`,
		required &&
			inN8n &&
			`**Event IDs and items**: the same loop that also makes them takes ${formatMicros(required)} an event: the canonical form of each event, its SHA-256, its time, actor and category, and garbage of these. No node that keeps the promises of this one can have less; the Celonis node has ${own ? formatMicros(own) : 'a little more'}. \`npm run bench:steps\` prints the shares.`,
		other &&
			requiredUsually &&
			`**Against the HTTP Request node**: it reads page after page, so ${DEFAULT_CONCURRENCY} at once can be about ${DEFAULT_CONCURRENCY} times as fast, until the processor is the limit. The loop with event IDs and items is ${formatRatio(other.durationMs / requiredUsually.durationMs)} as fast with ${DEFAULT_CONCURRENCY} requests at once from the start; the node starts with 2, so that it does not run into a rate limit that nobody reports.`,
	].filter((line) => typeof line === 'string');
}

const isV2 = ({ candidate }: Result) => candidate.api === 'v2';

function findFastest(
	results: readonly Result[],
	kind: Result['candidate']['kind'],
): Result | undefined {
	return results
		.filter(({ candidate }) => candidate.kind === kind)
		.sort((a, b) => a.durationMs - b.durationMs)[0];
}

const formatMicros = ({ cpuMicrosAnEvent }: Result) => `${cpuMicrosAnEvent.toFixed(1)} µs`;
const formatRatio = (ratio: number) => `${ratio.toFixed(1)} times`;
