import { numberText, usualSize } from './bars.mts';
import { USUAL_LATENCY_MS } from './plan.mts';
import { inCell, type Result, type Results } from './results.mts';

/** The concurrency that the node has where nothing is chosen. */
const USUAL_CONCURRENCY = 4;

/** What bounds the figures, in words, as far as it was measured. */
export function limitsOf({ readings, parsings }: Results): string[] {
	const size = usualSize(readings);
	const usual = inCell(readings, { size, latencyMs: USUAL_LATENCY_MS }).filter(isV2);
	const unhurried = inCell(readings, { size, latencyMs: 0 }).filter(isV2);
	const parsing = parsings.find((each) => each.size === size)?.cpuMicrosAnEvent;
	const other = usual.find(({ contestant }) => contestant.kind === 'httpRequest');
	const bare = fastest(usual, 'bare', USUAL_CONCURRENCY);
	const own = fastest(unhurried, 'celonis');
	const inN8n = fastest(unhurried, 'bareInN8n');
	return [
		parsing !== undefined &&
			inN8n &&
			`**Processor time**: a bare loop with n8n's request function takes ${micros(inN8n)} an event, which is ${times(inN8n.cpuMicrosAnEvent / parsing)} \`JSON.parse\` (${parsing.toFixed(1)} µs): sockets, streams, axios, decoding, and the collection of garbage. No node can have less.`,
		own &&
			inN8n &&
			`**What the node adds** to that is ${(own.cpuMicrosAnEvent - inN8n.cpuMicrosAnEvent).toFixed(1)} µs an event: the identity of each event (a SHA-256 over its content, whatever the order of its keys), its time, its actor and category, the items, and garbage of these. \`npm test\` prints the shares.`,
		other &&
			bare &&
			`**Against the HTTP Request node**: it reads page after page, so ${USUAL_CONCURRENCY} at once can be about ${USUAL_CONCURRENCY} times as fast, and the best bare loop is ${times(other.ms / bare.ms)}. With more at once the processor is the limit: a fifth of that node's time is ${seconds(other.ms / 5)}, and without any latency the Celonis node takes ${own ? seconds(own.ms) : 'as long as its processor time'} for ${numberText(size)} events on its one thread.`,
	].filter((line) => typeof line === 'string');
}

const isV2 = ({ contestant }: Result) => contestant.api === 'v2';

function fastest(
	results: readonly Result[],
	kind: Result['contestant']['kind'],
	concurrency?: number,
): Result | undefined {
	return results
		.filter(({ contestant }) => contestant.kind === kind)
		.filter(({ contestant }) => (concurrency ?? contestant.concurrency) === contestant.concurrency)
		.sort((a, b) => a.ms - b.ms)[0];
}

const micros = ({ cpuMicrosAnEvent }: Result) => `${cpuMicrosAnEvent.toFixed(1)} µs`;
const times = (ratio: number) => `${ratio.toFixed(1)} times`;
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
