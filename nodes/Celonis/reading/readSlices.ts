import type { TimeWindow } from '../records/timeWindow';
import { CelonisFault } from '../errors/celonisError';
import type { ReadPages } from './paginator';
import type { OpenLog } from './eventLog';
import { cutEvenly } from './splitWindow';
import { readSlice, type Slice, type SliceOutcome } from './readSlice';
import { isShifted, untilStill } from './readWindow';

/** How windows are cut. */
export interface Cutting {
	/** Length of the first slices, in milliseconds. */
	readonly sliceMs: number;
	/** How many events a slice should have. */
	readonly eventsASlice: number;
	/** A slice that turns out to have more pages is cut further. */
	readonly mostPages: number;
	/** How many slices are read at once. */
	readonly concurrency: number;
	/** How many more events are wanted. Nothing is begun that is likely to be beyond them. */
	readonly wanted: () => number;
}

/** By what factor slices grow and shrink at the most. */
const STEP = 4;

/** Where nothing tells how dense the log is, it is found out by parts that are much shorter. */
const PARTS_UNTOLD = 16;

/** Until a slice is complete, no more pages than this are spent on one that may be too long. */
const PAGES_TO_BEGIN_WITH = 8;

/** A slice that is being read or waits for its turn. */
interface Turn {
	readonly slice: TimeWindow;
	outcome?: Promise<SliceOutcome>;
}

/**
 * Reads windows slice by slice, several at once, and gives each slice when it and all before it are
 * complete, one window after the other; stop when you like. The length of the slices follows the
 * density of the log: a slice with more pages than allowed, or whose pages shift while they are read,
 * is given up for shorter ones. Only a single millisecond is read whatever it holds.
 */
export async function* readSlices(
	log: OpenLog,
	windows: readonly TimeWindow[],
	cutting: Cutting,
): AsyncIterable<Slice> {
	const { mostPages, concurrency, wanted } = cutting;
	const parts = { least: 2, most: STEP, untold: PARTS_UNTOLD };
	const limits = () => ({
		pagesTold: 2 * mostPages,
		pages: isBegun ? mostPages : Math.min(mostPages, PAGES_TO_BEGIN_WITH),
		parts,
	});
	const rest = [...windows];
	const turns: Turn[] = [];
	let { sliceMs } = cutting;
	let eventsExpected = cutting.eventsASlice;
	let isBegun = false;
	let isStopped = false;

	const pagesUntilStopped: ReadPages = async function* (request) {
		const stopped = () => new CelonisFault({ kind: 'cancelled' });
		if (isStopped) throw stopped();
		for await (const page of log.pages(request)) {
			yield page;
			if (isStopped) throw stopped();
		}
	};
	const read = async ({ slice }: Turn): Promise<SliceOutcome> => {
		const readOnce = async () =>
			await readSlice({ ...log, pages: pagesUntilStopped }, slice, limits());
		if (lengthOf(slice) === 1) return await untilStill(readOnce);
		return await readOnce().catch((error: unknown) =>
			isShifted(error) ? { parts: cutEvenly(slice, STEP) } : Promise.reject(error),
		);
	};
	const begin = (turn: Turn) => {
		turn.outcome ??= read(turn);
		// It is looked at when its turn has come.
		turn.outcome.catch(() => undefined);
		return turn.outcome;
	};
	const beginNext = () => {
		while (turns.length < concurrency && rest.length > 0) {
			turns.push({ slice: takeFirst(rest, sliceMs) });
		}
		const atOnce = Math.min(concurrency, Math.floor(wanted() / eventsExpected));
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
				sliceMs = Math.min(sliceMs, lengthOf(first.slice) / outcome.parts.length);
				turns.unshift(...outcome.parts.map((slice) => ({ slice })));
				continue;
			}
			isBegun = true;
			const { events } = outcome;
			eventsExpected = Math.max(1, events.length);
			const rightMs = (lengthOf(first.slice) * cutting.eventsASlice) / eventsExpected;
			sliceMs = Math.min(rightMs, Math.max(sliceMs, lengthOf(first.slice) * STEP));
			yield { ...first.slice, events };
		}
	} finally {
		// No request outlives the reading.
		isStopped = true;
		await Promise.allSettled(turns.map(({ outcome }) => outcome));
	}
}

/** Takes a slice away from the first of some windows. */
function takeFirst(windows: TimeWindow[], sliceMs: number): TimeWindow {
	const [first, ...others] = windows as [TimeWindow, ...TimeWindow[]];
	const cutMs = Math.min(first.toMs, first.fromMs + Math.max(1, Math.floor(sliceMs)));
	const left = { fromMs: cutMs, toMs: first.toMs };
	windows.splice(0, windows.length, ...(cutMs < first.toMs ? [left] : []), ...others);
	return { fromMs: first.fromMs, toMs: cutMs };
}

const lengthOf = ({ fromMs, toMs }: TimeWindow) => toMs - fromMs;
