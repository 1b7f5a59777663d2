import { DEFAULT_CANDIDATE, type Candidate } from './candidates.mts';
import { DEFAULT_LATENCY_MS } from './plan.mts';
import {
	filterBareLoops,
	findMinimum,
	filterByCell,
	type Result,
	type Results,
} from './results.mts';
import { fitExponent } from './statistics.mts';

/** A measured value and its target. */
export interface Target {
	readonly description: string;
	readonly value: number;
	readonly target: string;
	readonly isReached: boolean;
}

/** The size at which candidates are compared; a smaller run takes its largest. */
const COMPARISON_SIZE = 100_000;

/** Growth with the number of events is measured from here on: below, start-up dominates. */
const GROWTH_FROM = 10_000;

/** All targets that these results can be compared with. */
export function evaluateTargets({ readings, distant }: Results): Target[] {
	const size = getComparisonSize(readings);
	const usual = filterByCell(readings, { size, latencyMs: DEFAULT_LATENCY_MS });
	const unhurried = filterByCell(readings, { size, latencyMs: 0 });
	return [
		...compareToHttpRequest(usual),
		...compareToBareLoops(usual),
		...compareToRequiredWork(usual),
		...compareToRequiredWork(unhurried),
		...limitProcessorTime(unhurried),
		...compareMemory(usual),
		...measureGrowth(readings),
		...compareFromAfar(distant),
		...limitMemory(readings),
	];
}

/** The size at which candidates are compared. */
export function getComparisonSize(readings: readonly Result[]): number {
	return chooseComparisonSize(readings.map((each) => each.size));
}

/** The size at which candidates are compared, of some sizes. */
export function chooseComparisonSize(sizes: readonly number[]): number {
	return sizes.includes(COMPARISON_SIZE) ? COMPARISON_SIZE : Math.max(0, ...sizes);
}

function compareToHttpRequest(cell: readonly Result[]): Target[] {
	const other = cell.find(({ candidate }) => candidate.kind === 'httpRequest');
	if (!other) return [];
	return filterCelonis(cell)
		.filter(isDefault)
		.map((own) => {
			const what = `Events a second against the HTTP Request node: ${formatResult(own)}`;
			return atLeast(what, own.eventsASecond / other.eventsASecond, 5.5);
		});
}

/** The round trip at which the default settings are compared with the HTTP Request node over TLS. */
const COMPARISON_ROUND_TRIP_MS = 50;

function compareFromAfar(distant: readonly Result[]): Target[] {
	const cell = distant.filter(({ roundTripMs }) => roundTripMs === COMPARISON_ROUND_TRIP_MS);
	const other = cell.find(({ candidate }) => candidate.kind === 'httpRequest');
	const own = filterCelonis(cell).find(isDefault);
	if (!other || !own) return [];
	const what = `Events a second against the HTTP Request node over TLS, ${COMPARISON_ROUND_TRIP_MS} ms away: ${formatResult(own)}`;
	return [atLeast(what, own.eventsASecond / other.eventsASecond, 5)];
}

function compareToBareLoops(cell: readonly Result[]): Target[] {
	return filterCelonis(cell).flatMap((own) => {
		const bar = own.candidate.concurrency === 1 ? 1.1 : 1.2;
		const [bare, inN8n] = (['bare', 'bareInN8n'] as const).map((kind) =>
			findMinimum(filterBareLoops(cell, own, kind), 'durationMs'),
		);
		const ofBare = `Time against the best bare loop of that concurrency: ${formatResult(own)}`;
		const ofN8n = `Time against a bare loop with n8n's request function: ${formatResult(own)}`;
		return [
			...(bare ? [atMost(ofBare, own.durationMs / bare, bar)] : []),
			...(inN8n ? [atMost(ofN8n, own.durationMs / inN8n, bar)] : []),
		];
	});
}

/** Against the requests, event IDs and items without which no node can do. */
function compareToRequiredWork(cell: readonly Result[]): Target[] {
	const required = cell.find(({ candidate }) => candidate.kind === 'requiredWork');
	if (!required) return [];
	return filterCelonis(cell)
		.filter(isDefault)
		.map((own) => {
			const what = `Time against the required work, ${own.latencyMs} ms: ${formatResult(own)}`;
			return atMost(what, own.durationMs / required.durationMs, 1.2);
		});
}

/** Microseconds of processor that an event may take, whatever a response takes. */
const MAX_MICROS_AN_EVENT = 7;

function limitProcessorTime(unhurried: readonly Result[]): Target[] {
	return filterCelonis(unhurried)
		.filter(isDefault)
		.map((own) => {
			const what = `µs of processor an event: ${formatResult(own)}`;
			return atMost(what, own.cpuMicrosAnEvent, MAX_MICROS_AN_EVENT);
		});
}

function compareMemory(cell: readonly Result[]): Target[] {
	const other = cell.find(({ candidate }) => candidate.kind === 'httpRequest');
	return filterCelonis(cell).flatMap((own) => {
		const bare = findMinimum(filterBareLoops(cell, own), 'peakBytes');
		const ofBare = `Peak memory against the best bare loop of that concurrency: ${formatResult(own)}`;
		const ofOther = `Peak memory against the HTTP Request node: ${formatResult(own)}`;
		return [
			...(bare ? [atMost(ofBare, own.peakBytes / bare, 1.5)] : []),
			...(other ? [atMost(ofOther, own.peakBytes / other.peakBytes, 1)] : []),
		];
	});
}

/** Megabytes that a reading of a million events with three fields may take. */
const MAX_MEGABYTES = 400;

const LARGE_SIZE = 1_000_000;

function limitMemory(readings: readonly Result[]): Target[] {
	return readings
		.filter(({ candidate, size }) => candidate.fields && size === LARGE_SIZE)
		.map((own) =>
			atMost(`Peak megabytes: ${formatResult(own)}`, own.peakBytes / 1e6, MAX_MEGABYTES),
		);
}

function measureGrowth(readings: readonly Result[]): Target[] {
	const usual = readings.filter(({ latencyMs }) => latencyMs === DEFAULT_LATENCY_MS);
	const candidates = new Map(
		filterCelonis(usual).map((each) => [each.candidate.id, each.candidate]),
	);
	return [...candidates.values()].flatMap((candidate) => {
		const own = usual.filter(
			(each) => each.candidate.id === candidate.id && each.size >= GROWTH_FROM,
		);
		const power = fitExponent(own.map(({ events, durationMs }) => ({ x: events, y: durationMs })));
		const sizes = own.map(({ size }) => size);
		const what = `Power with which time grows, ${formatNumber(Math.min(...sizes))} to ${formatNumber(Math.max(...sizes))} events: ${formatCandidate(candidate)}`;
		return power === undefined ? [] : [atMost(what, power, 1.05)];
	});
}

function filterCelonis(results: readonly Result[]): Result[] {
	return results.filter(({ candidate }) => candidate.kind === 'celonis' && !candidate.fields);
}

const isDefault = ({ candidate }: Result) => candidate.id === DEFAULT_CANDIDATE.id;

function formatResult({ candidate }: Result): string {
	return formatCandidate(candidate);
}

function formatCandidate({ api, concurrency }: Candidate): string {
	return `${api}, concurrency ${concurrency}`;
}

function atLeast(description: string, value: number, target: number): Target {
	return { description, value, target: `≥ ${target}`, isReached: value >= target };
}

function atMost(description: string, value: number, target: number): Target {
	return { description, value, target: `≤ ${target}`, isReached: value <= target };
}

/** 100 000 rather than 100000. */
export function formatNumber(value: number): string {
	return Math.round(value)
		.toString()
		.replace(/\B(?=(\d{3})+$)/g, '\u00a0');
}
