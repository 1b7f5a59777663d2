import type { TimeWindow } from '../records/timeWindow';
import { CelonisError } from '../errors/celonisError';
import type { Paginator } from './paginator';
import type { EventLog } from './eventLog';
import { splitEvenly } from './splitWindow';
import { fetchSlice, type Slice, type SliceOutcome } from './readSlice';
import { isPageShift, retryOnPageShift } from './readWindow';

/** How windows are cut. */
export interface SlicingOptions {
	/** Length of the first slices, in milliseconds. */
	readonly sliceMs: number;
	/** How many events a slice should have. */
	readonly targetEvents: number;
	/** A slice that turns out to have more pages is cut further. */
	readonly maxPages: number;
	/** How many slices are read at once. */
	readonly concurrency: number;
	/** How many more events are demand. Nothing is begun that is likely to be beyond them. */
	readonly demand: () => number;
}

/** By what factor slices grow and shrink at the most. */
const MAX_GROWTH = 4;

/** Where nothing tells how dense the log is, it is found out by parts that are much shorter. */
const PARTS_WHEN_UNKNOWN = 16;

/** Until a slice is complete, no more pages than this are spent on one that may be too long. */
const INITIAL_MAX_PAGES = 8;

/** A slice that is being read or waits for its turn. */
interface SliceTask {
	readonly slice: TimeWindow;
	outcome?: Promise<SliceOutcome>;
}

/**
 * Reads windows slice by slice, several at once, and gives each slice when it and all before it are
 * complete, one window after the other; stop when you like. The length of the slices follows the
 * density of the log: a slice with more pages than allowed, or whose pages shift while they are read,
 * is given up for shorter ones. Only a single millisecond is read whatever it holds.
 */
export async function* fetchSlices(
	log: EventLog,
	windows: readonly TimeWindow[],
	cutting: SlicingOptions,
): AsyncIterable<Slice> {
	const { maxPages, concurrency, demand } = cutting;
	const parts = { min: 2, max: MAX_GROWTH, whenUnknown: PARTS_WHEN_UNKNOWN };
	const limits = () => ({
		maxEstimatedPages: 2 * maxPages,
		maxPages: isBegun ? maxPages : Math.min(maxPages, INITIAL_MAX_PAGES),
		split: parts,
	});
	const rest = [...windows];
	const turns: SliceTask[] = [];
	let { sliceMs } = cutting;
	let eventsExpected = cutting.targetEvents;
	let isBegun = false;
	let isStopped = false;

	const pagesUntilStopped: Paginator = async function* (request) {
		const stopped = () => new CelonisError({ code: 'cancelled' });
		if (isStopped) throw stopped();
		for await (const page of log.pages(request)) {
			yield page;
			if (isStopped) throw stopped();
		}
	};
	const read = async ({ slice }: SliceTask): Promise<SliceOutcome> => {
		const readOnce = async () =>
			await fetchSlice({ ...log, pages: pagesUntilStopped }, slice, limits());
		if (getLengthMs(slice) === 1) return await retryOnPageShift(readOnce);
		return await readOnce().catch((error: unknown) =>
			isPageShift(error) ? { parts: splitEvenly(slice, MAX_GROWTH) } : Promise.reject(error),
		);
	};
	const begin = (turn: SliceTask) => {
		turn.outcome ??= read(turn);
		// It is looked at when its turn has come.
		turn.outcome.catch(() => undefined);
		return turn.outcome;
	};
	const beginNext = () => {
		while (turns.length < concurrency && rest.length > 0) {
			turns.push({ slice: takeSlice(rest, sliceMs) });
		}
		const atOnce = Math.min(concurrency, Math.floor(demand() / eventsExpected));
		let free = atOnce - turns.filter(({ outcome }) => outcome).length;
		for (const turn of turns) if (!turn.outcome && free-- > 0) void begin(turn);
	};

	try {
		for (;;) {
			beginNext();
			const first = turns.shift();
			if (!first) return;
			const outcome = await begin(first);
			if ('parts' in outcome) {
				sliceMs = Math.min(sliceMs, getLengthMs(first.slice) / outcome.parts.length);
				turns.unshift(...outcome.parts.map((slice) => ({ slice })));
				continue;
			}
			isBegun = true;
			const { events } = outcome;
			eventsExpected = Math.max(1, events.length);
			const rightMs = (getLengthMs(first.slice) * cutting.targetEvents) / eventsExpected;
			sliceMs = Math.min(rightMs, Math.max(sliceMs, getLengthMs(first.slice) * MAX_GROWTH));
			yield { ...first.slice, events };
		}
	} finally {
		// No request outlives the reading.
		isStopped = true;
		await Promise.allSettled(turns.map(({ outcome }) => outcome));
	}
}

/** Takes a slice away from the first of some windows. */
function takeSlice(windows: TimeWindow[], sliceMs: number): TimeWindow {
	const [first, ...others] = windows as [TimeWindow, ...TimeWindow[]];
	const cutMs = Math.min(first.toMs, first.fromMs + Math.max(1, Math.floor(sliceMs)));
	const left = { fromMs: cutMs, toMs: first.toMs };
	windows.splice(0, windows.length, ...(cutMs < first.toMs ? [left] : []), ...others);
	return { fromMs: first.fromMs, toMs: cutMs };
}

const getLengthMs = ({ fromMs, toMs }: TimeWindow) => toMs - fromMs;
