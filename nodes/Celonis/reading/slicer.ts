import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchOrSplit } from './fetchOrSplit';
import { openPages, splitBeyond, type Slice, type SliceOutcome } from './fetchSlice';
import { isTokenRefused } from './pageShift';
import type { LogPage } from './paginator';
import type { Prefetcher } from './prefetch';
import type { SlicingOptions } from './slicingOptions';
import { createStoppablePaginator } from './stoppablePaginator';
import { takeSlice } from './takeSlice';

/** Maximum factor by which slices grow from one to the next. */
const MAX_GROWTH = 4;

/** Maximum number of pages that are fetched in advance, and wasted if no more events are needed. */
const MAX_PAGES_AHEAD = 2;

interface SliceTask {
	readonly slice: TimeWindow;
	/** Its pages, if the first one is fetched in advance. */
	pages?: Prefetcher<LogPage>;
	outcome?: Promise<SliceOutcome>;
}

/**
 * Cuts windows into slices from one end, reads them in parallel as long as more events are needed, and
 * returns them in order: see `fetchSlices`.
 */
export class Slicer {
	readonly #log: EventLog;
	/** The windows that were not cut into slices yet, in the direction of the read. */
	readonly #windows: TimeWindow[];
	readonly #tasks: SliceTask[] = [];
	/** How many slices are read in parallel: one only, once the server has refused a page token. */
	#concurrency: number;
	#sliceMs: number;
	#expectedEvents: number;
	/** How many events per millisecond the next slices are expected to have. */
	#density: number;
	readonly #running = new Set<Promise<SliceOutcome>>();
	#isAnyComplete = false;
	#isStopped = false;

	constructor(
		log: EventLog,
		windows: readonly TimeWindow[],
		private readonly options: SlicingOptions,
	) {
		this.#log = { ...log, pages: createStoppablePaginator(log.pages, () => this.#isStopped) };
		this.#windows = [...windows];
		this.#concurrency = options.concurrency;
		this.#sliceMs = options.sliceMs;
		this.#expectedEvents = options.expectedEvents;
		this.#density = options.expectedEvents / options.sliceMs;
	}

	/** The next slice, or `undefined` at the end. */
	async next(): Promise<Slice | undefined> {
		for (;;) {
			this.#startTasks();
			const task = this.#tasks.shift();
			if (!task) return undefined;
			const outcome = this.#start(task);
			this.#fetchAhead();
			const slice = this.#complete(task, await outcome);
			if (slice) return slice;
		}
	}

	/** Waits until no request is in flight: none outlives the read. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await Promise.allSettled(this.#tasks.map(({ outcome, pages }) => outcome ?? pages?.next()));
	}

	/** Starts as many tasks as the concurrency and the demand allow. */
	#startTasks(): void {
		const allowed = this.options.estimateDemand ? this.#cutAhead() : this.#cutToDemand();
		let free = allowed - this.#running.size;
		for (const task of this.#tasks) if (!task.outcome && free-- > 0) void this.#start(task);
	}

	/** Cuts a few slices in advance. Returns how many of the next ones are needed in any case. */
	#cutAhead(): number {
		const needed = Math.floor(this.options.demand() / this.#expectedEvents);
		const allowed = Math.min(this.#getConcurrency(), needed);
		// Slices that are cut in advance cannot follow what is learned about the density meanwhile.
		const maxTasks = Math.max(1, allowed) + MAX_PAGES_AHEAD;
		while (this.#tasks.length < maxTasks && this.#cut(this.#sliceMs));
		return allowed;
	}

	/** Cuts slices until they probably have what is needed. Returns how many that takes. */
	#cutToDemand(): number {
		const concurrency = this.#getConcurrency();
		let missing = this.options.demand();
		let count = 0;
		while (count < concurrency && missing > 0) {
			const task = this.#tasks[count++] ?? this.#cut(this.#chooseLengthMs(missing));
			missing = task ? missing - getLengthMs(task.slice) * this.#density : 0;
		}
		return count;
	}

	/** The length of the next slice: no longer than the pages that so many events take. */
	#chooseLengthMs(missing: number): number {
		const { eventsPerPage = 1 } = this.options;
		const events = Math.max(1, Math.ceil(missing / eventsPerPage)) * eventsPerPage;
		return Math.min(this.#sliceMs, events / this.#density);
	}

	/** Cuts the next slice, unless nothing is left. */
	#cut(sliceMs: number): SliceTask | undefined {
		if (this.#windows.length === 0) return undefined;
		const task = { slice: takeSlice(this.#windows, sliceMs, this.options.direction) };
		this.#tasks.push(task);
		return task;
	}

	/** How many slices to read in parallel: further ones would take the first ones' turns to send requests. */
	#getConcurrency(): number {
		return Math.min(this.#concurrency, this.#log.getConcurrency?.() ?? Infinity);
	}

	#start(task: SliceTask): Promise<SliceOutcome> {
		if (task.outcome) return task.outcome;
		const outcome = this.#fetch(task, [...this.#running]).finally(() => {
			this.#running.delete(outcome);
		});
		this.#running.add(outcome);
		task.outcome = outcome;
		// `next` throws the error when it comes to this slice: those before it may be all that is needed.
		outcome.catch(() => undefined);
		return outcome;
	}

	/** Fetches a slice, after those `before` it unless slices are read in parallel. */
	async #fetch(
		{ slice, pages }: SliceTask,
		before: ReadonlyArray<Promise<SliceOutcome>>,
	): Promise<SliceOutcome> {
		const limits = this.options.getLimits(this.#isAnyComplete);
		const isParallel = this.#concurrency > 1;
		if (!isParallel) await Promise.allSettled(before);
		return await fetchOrSplit(
			this.#log,
			slice,
			() => splitBeyond(slice, limits),
			pages,
			isParallel,
		).catch((error) => {
			if (!isParallel || !isTokenRefused(error)) return rethrow(error);
			// Tokens may last for few requests only: this slice is read again, on its own.
			this.#concurrency = 1;
			return { parts: [slice] };
		});
	}

	/** Fetches the first pages of the next slices in advance, as long as they are probably needed. */
	#fetchAhead(): void {
		const { estimateDemand } = this.options;
		if (!estimateDemand || estimateDemand() <= this.#expectedEvents) return;
		const pagesAhead = Math.min(MAX_PAGES_AHEAD, this.#concurrency - 1);
		for (const task of this.#tasks.slice(0, pagesAhead)) {
			if (task.outcome || task.pages) continue;
			task.pages = openPages(this.#log, task.slice);
			task.pages.start();
		}
	}

	/** Completes a task: returns its slice, or `undefined` if shorter slices replace it. */
	#complete({ slice }: SliceTask, outcome: SliceOutcome): Slice | undefined {
		const { direction, targetEvents } = this.options;
		const lengthMs = getLengthMs(slice);
		if ('parts' in outcome) {
			this.#sliceMs = Math.min(this.#sliceMs, lengthMs / outcome.parts.length);
			this.#density = targetEvents / this.#sliceMs;
			this.#tasks.unshift(...this.#createTasks(outcome.parts));
			return undefined;
		}
		this.#isAnyComplete = true;
		const { events } = outcome;
		this.#expectedEvents = Math.max(1, events.length);
		// An empty slice is followed by a longer one, however few events are wanted.
		this.#density = Math.max(1 / MAX_GROWTH, events.length) / lengthMs;
		const targetMs = targetEvents / this.#density;
		this.#sliceMs = Math.min(targetMs, Math.max(this.#sliceMs, lengthMs * MAX_GROWTH));
		return { ...slice, events: direction === 'oldestFirst' ? events : events.reverse() };
	}

	/** Creates tasks for the parts of a slice, in the direction of the read. */
	#createTasks(parts: readonly TimeWindow[]): SliceTask[] {
		const isOldestFirst = this.options.direction === 'oldestFirst';
		return (isOldestFirst ? parts : [...parts].reverse()).map((slice) => ({ slice }));
	}
}
