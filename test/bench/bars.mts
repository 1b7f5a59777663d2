import type { Candidate } from './candidates.mts';
import { USUAL_LATENCY_MS } from './plan.mts';
import { bareLike, best, inCell, type Result, type Results } from './results.mts';
import { exponent } from './statistics.mts';

/** A figure that is held against a bar. */
export interface Bar {
	readonly what: string;
	readonly figure: number;
	readonly bar: string;
	readonly isMet: boolean;
}

/** The size at which contestants are compared; a smaller run takes its largest. */
const USUAL_SIZE = 100_000;

/** Growth with the number of events is looked at from here on: before, it is start-up. */
const GROWTH_FROM = 10_000;

/** All bars that can be told from these results. */
export function barsOf({ readings, parsings }: Results): Bar[] {
	const size = usualSize(readings);
	const usual = inCell(readings, { size, latencyMs: USUAL_LATENCY_MS });
	const unhurried = inCell(readings, { size, latencyMs: 0 });
	const parsing = parsings.find((each) => each.size === size);
	return [
		...againstHttpRequest(usual),
		...againstBare(usual),
		...againstParsing(usual, parsing?.cpuMicrosAnEvent),
		...againstParsing(unhurried, parsing?.cpuMicrosAnEvent),
		...inMemory(usual),
		...inGrowth(readings),
	];
}

/** The size of the comparison. */
export function usualSize(readings: readonly Result[]): number {
	const sizes = readings.map((each) => each.size);
	return sizes.includes(USUAL_SIZE) ? USUAL_SIZE : Math.max(0, ...sizes);
}

function againstHttpRequest(cell: readonly Result[]): Bar[] {
	const other = cell.find(({ contestant }) => contestant.kind === 'httpRequest');
	if (!other) return [];
	return celonisIn(cell)
		.filter(({ contestant: { api, concurrency } }) => api === 'v2' && concurrency > 1)
		.map((own) => {
			const what = `Events a second against the HTTP Request node: ${label(own)}`;
			return atLeast(what, own.eventsASecond / other.eventsASecond, 5);
		});
}

function againstBare(cell: readonly Result[]): Bar[] {
	return celonisIn(cell).flatMap((own) => {
		const bar = own.contestant.concurrency === 1 ? 1.1 : 1.15;
		const [bare, inN8n] = (['bare', 'bareInN8n'] as const).map((kind) =>
			best(bareLike(cell, own, kind), 'ms'),
		);
		const ofBare = `Time against the best bare loop of that concurrency: ${label(own)}`;
		const ofN8n = `Time against a bare loop with n8n's request function: ${label(own)}`;
		return [
			...(bare ? [atMost(ofBare, own.ms / bare, bar)] : []),
			...(inN8n ? [atMost(ofN8n, own.ms / inN8n, bar)] : []),
		];
	});
}

function againstParsing(cell: readonly Result[], parsing: number | undefined): Bar[] {
	if (parsing === undefined) return [];
	return celonisIn(cell)
		.filter(({ contestant }) => contestant.api === 'v2')
		.map((own) => {
			const what = `CPU time against JSON.parse of the same pages: ${label(own)}, ${own.latencyMs} ms`;
			return atMost(what, own.cpuMicrosAnEvent / parsing, 2);
		});
}

function inMemory(cell: readonly Result[]): Bar[] {
	const other = cell.find(({ contestant }) => contestant.kind === 'httpRequest');
	return celonisIn(cell).flatMap((own) => {
		const bare = best(bareLike(cell, own), 'peakBytes');
		const ofBare = `Peak memory against the best bare loop of that concurrency: ${label(own)}`;
		const ofOther = `Peak memory against the HTTP Request node: ${label(own)}`;
		return [
			...(bare ? [atMost(ofBare, own.peakBytes / bare, 1.5)] : []),
			...(other ? [atMost(ofOther, own.peakBytes / other.peakBytes, 1)] : []),
		];
	});
}

function inGrowth(readings: readonly Result[]): Bar[] {
	const usual = readings.filter(({ latencyMs }) => latencyMs === USUAL_LATENCY_MS);
	const contestants = new Map(
		celonisIn(usual).map((each) => [each.contestant.id, each.contestant]),
	);
	return [...contestants.values()].flatMap((contestant) => {
		const own = usual.filter(
			(each) => each.contestant.id === contestant.id && each.size >= GROWTH_FROM,
		);
		const power = exponent(own.map(({ events, ms }) => ({ x: events, y: ms })));
		const sizes = own.map(({ size }) => size);
		const what = `Power with which time grows, ${numberText(Math.min(...sizes))} to ${numberText(Math.max(...sizes))} events: ${nameOf(contestant)}`;
		return power === undefined ? [] : [atMost(what, power, 1.05)];
	});
}

function celonisIn(results: readonly Result[]): Result[] {
	return results.filter(({ contestant }) => contestant.kind === 'celonis');
}

function label({ contestant }: Result): string {
	return nameOf(contestant);
}

function nameOf({ api, concurrency }: Candidate): string {
	return `${api}, concurrency ${concurrency}`;
}

function atLeast(what: string, figure: number, bar: number): Bar {
	return { what, figure, bar: `≥ ${bar}`, isMet: figure >= bar };
}

function atMost(what: string, figure: number, bar: number): Bar {
	return { what, figure, bar: `≤ ${bar}`, isMet: figure <= bar };
}

/** 100 000 rather than 100000. */
export function numberText(value: number): string {
	return Math.round(value)
		.toString()
		.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}
