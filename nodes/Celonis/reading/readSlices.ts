import type { TimeWindow } from '../audit/window';
import type { ReadPages } from '../transport/pages';
import { readSlice, type Slice, type SliceOutcome } from './readSlice';
import { isShifted } from './readWindow';

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

/** A slice in its place, being read or waiting for its turn. */
interface Place {
	readonly slice: TimeWindow;
	outcome?: Promise<SliceOutcome>;
}

/**
 * Reads windows slice by slice, several at once, and gives each slice when it and all before it are
 * complete, oldest first; stop when you like. The length of the slices follows the density of the
 * log: a slice with more pages than allowed, or whose pages shift while they are read, is given up
 * for shorter ones. Only a single millisecond is read whatever it holds.
 */
export async function* readSlices(
	pages: ReadPages,
	windows: readonly TimeWindow[],
	cutting: Cutting,
): AsyncIterable<Slice> {
	const { mostPages, concurrency, wanted } = cutting;
	const limits = { pagesTold: 2 * mostPages, pages: mostPages, parts: { least: 2, most: STEP } };
	const rest = [...windows];
	const places: Place[] = [];
	let { sliceMs } = cutting;
	let eventsExpected = cutting.eventsASlice;
	let isStopped = false;

	const pagesUntilStopped: ReadPages = async function* (request) {
		for await (const page of pages(request)) {
			yield page;
			if (isStopped) return;
		}
	};
	const begin = (place: Place) => {
		place.outcome ??= readSlice(pagesUntilStopped, place.slice, limits).catch((error: unknown) =>
			isShifted(error) && lengthOf(place.slice) > 1
				? { parts: cutEvenly(place.slice) }
				: Promise.reject(error),
		);
		// It is looked at when its turn has come.
		place.outcome.catch(() => undefined);
		return place.outcome;
	};
	const beginNext = () => {
		while (places.length < concurrency && rest.length > 0) {
			places.push({ slice: takeFirst(rest, sliceMs) });
		}
		const atOnce = Math.min(concurrency, Math.floor(wanted() / eventsExpected));
		let free = atOnce - places.filter(({ outcome }) => outcome).length;
		for (const place of places) if (!place.outcome && free-- > 0) void begin(place);
	};

	try {
		for (;;) {
			beginNext();
			const first = places.shift();
			if (!first) return;
			const outcome = await begin(first);
			if ('parts' in outcome) {
				sliceMs = Math.min(sliceMs, lengthOf(first.slice) / STEP);
				places.unshift(...outcome.parts.map((slice) => ({ slice })));
				continue;
			}
			const { events } = outcome;
			eventsExpected = Math.max(1, events.length);
			const rightMs = (lengthOf(first.slice) * cutting.eventsASlice) / eventsExpected;
			sliceMs = Math.min(rightMs, Math.max(sliceMs, lengthOf(first.slice) * STEP));
			yield { ...first.slice, events };
		}
	} finally {
		// No request outlives the reading.
		isStopped = true;
		await Promise.allSettled(places.map(({ outcome }) => outcome));
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

function cutEvenly({ fromMs, toMs }: TimeWindow): TimeWindow[] {
	const count = Math.min(STEP, toMs - fromMs);
	const at = (part: number) => fromMs + Math.floor((part * (toMs - fromMs)) / count);
	return Array.from({ length: count }, (_, part) => ({ fromMs: at(part), toMs: at(part + 1) }));
}

const lengthOf = ({ fromMs, toMs }: TimeWindow) => toMs - fromMs;
