import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchOrSplit } from './fetchOrSplit';
import { openPages, type Slice, type SliceOutcome } from './fetchSlice';
import type { LogPage } from './paginator';
import type { Prefetcher } from './prefetch';
import type { SlicingOptions } from './slicingOptions';
import { createStoppablePaginator } from './stoppablePaginator';

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

/** Cuts windows into slices, reads them in parallel, and returns them in order: see `fetchSlices`. */
export class Slicer {
	readonly #log: EventLog;
	/** The windows that were not cut into slices yet, in the direction of the read. */
	readonly #windows: TimeWindow[];
	readonly #tasks: SliceTask[] = [];
	#sliceMs: number;
	#expectedEvents: number;
	#running = 0;
	#isAnyComplete = false;
	#isStopped = false;
	#failure: { readonly error: unknown } | undefined;

	constructor(
		log: EventLog,
		windows: readonly TimeWindow[],
		private readonly options: SlicingOptions,
	) {
		this.#log = { ...log, pages: createStoppablePaginator(log.pages, () => this.#isStopped) };
		this.#windows = [...windows];
		this.#sliceMs = options.sliceMs;
		this.#expectedEvents = options.expectedEvents;
	}

	/** The next slice, or `undefined` at the end. */
	async next(): Promise<Slice | undefined> {
		for (;;) {
			this.#startTasks();
			const task = this.#tasks.shift();
			if (!task) return undefined;
			const outcome = this.#start(task);
			this.#fetchAhead();
			const slice = this.#complete(task, await outcome.catch((error) => this.#rethrow(error)));
			if (slice) return slice;
		}
	}

	/** Throws the failure that ended the read, because other slices may have failed as a result. */
	#rethrow(error: unknown): never {
		return rethrow(this.#failure ? this.#failure.error : error);
	}

	/** Waits until no request is in flight: none outlives the read. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await Promise.allSettled(this.#tasks.map(({ outcome, pages }) => outcome ?? pages?.next()));
	}

	/** Starts as many tasks as the concurrency and the demand allow. */
	#startTasks(): void {
		const { isAllNeeded, demand, estimateDemand } = this.options;
		const concurrency = this.#getConcurrency();
		const allowed = Math.min(concurrency, Math.floor(demand() / this.#expectedEvents));
		// Slices that are cut in advance cannot follow what is learned about the density meanwhile.
		const maxTasks = estimateDemand
			? Math.max(1, allowed) + MAX_PAGES_AHEAD
			: isAllNeeded
				? Infinity
				: concurrency;
		while (this.#tasks.length < maxTasks && this.#windows.length > 0) {
			this.#tasks.push({ slice: this.#takeSlice() });
		}
		const started = this.#tasks.filter(({ outcome }) => outcome).length;
		let free = allowed - (isAllNeeded ? this.#running : started);
		for (const task of this.#tasks) if (!task.outcome && free-- > 0) void this.#start(task);
	}

	/**
	 * How many slices to read in parallel. Where the first ones may be all that is needed, or all there
	 * is time for, those after them must not take their turn in waiting for a request.
	 */
	#getConcurrency(): number {
		const { concurrency, isAllNeeded } = this.options;
		return isAllNeeded
			? concurrency
			: Math.min(concurrency, this.#log.getConcurrency?.() ?? Infinity);
	}

	#start(task: SliceTask): Promise<SliceOutcome> {
		if (task.outcome) return task.outcome;
		this.#running++;
		task.outcome = this.#fetch(task).finally(() => this.#running--);
		task.outcome.then(
			(outcome) => this.#onOutcome(task, outcome),
			(error: unknown) => this.#onFailure(error),
		);
		return task.outcome;
	}

	/** Lets the free worker continue with other slices, even if those before them are incomplete. */
	#onOutcome(task: SliceTask, outcome: SliceOutcome): void {
		if (!this.options.isAllNeeded || this.#isStopped) return;
		const index = this.#tasks.indexOf(task);
		if ('parts' in outcome && index >= 0) {
			this.#tasks.splice(index, 1, ...this.#createTasks(outcome.parts));
		}
		this.#startTasks();
	}

	/**
	 * If all slices are needed, the first failure ends the read. Otherwise `next` throws it when it
	 * comes to this slice: the slices before it may be all that is needed.
	 */
	#onFailure(error: unknown): void {
		if (!this.options.isAllNeeded || this.#isStopped) return;
		this.#failure = { error };
		this.#isStopped = true;
	}

	async #fetch({ slice, pages }: SliceTask): Promise<SliceOutcome> {
		const limits = this.options.getLimits(this.#isAnyComplete);
		return await fetchOrSplit(this.#log, slice, limits, pages);
	}

	/** Fetches the first pages of the next slices in advance, as long as they are probably needed. */
	#fetchAhead(): void {
		const { concurrency, estimateDemand } = this.options;
		if (!estimateDemand || estimateDemand() <= this.#expectedEvents) return;
		const pagesAhead = Math.min(MAX_PAGES_AHEAD, concurrency - 1);
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
			this.#tasks.unshift(...this.#createTasks(outcome.parts));
			return undefined;
		}
		this.#isAnyComplete = true;
		const { events } = outcome;
		this.#expectedEvents = Math.max(1, events.length);
		const targetMs = (lengthMs * targetEvents) / this.#expectedEvents;
		this.#sliceMs = Math.min(targetMs, Math.max(this.#sliceMs, lengthMs * MAX_GROWTH));
		return { ...slice, events: direction === 'oldestFirst' ? events : events.reverse() };
	}

	/** Creates tasks for the parts of a slice, in the direction of the read. */
	#createTasks(parts: readonly TimeWindow[]): SliceTask[] {
		const isOldestFirst = this.options.direction === 'oldestFirst';
		return (isOldestFirst ? parts : [...parts].reverse()).map((slice) => ({ slice }));
	}

	/** Takes a slice from the first window. */
	#takeSlice(): TimeWindow {
		const [first, ...others] = this.#windows as [TimeWindow, ...TimeWindow[]];
		const lengthMs = Math.min(getLengthMs(first), Math.max(1, Math.floor(this.#sliceMs)));
		const isOldestFirst = this.options.direction === 'oldestFirst';
		const cutMs = isOldestFirst ? first.fromMs + lengthMs : first.toMs - lengthMs;
		const before = { fromMs: first.fromMs, toMs: cutMs };
		const after = { fromMs: cutMs, toMs: first.toMs };
		const [slice, rest] = isOldestFirst ? [before, after] : [after, before];
		this.#windows.splice(
			0,
			this.#windows.length,
			...(getLengthMs(rest) > 0 ? [rest] : []),
			...others,
		);
		return slice;
	}
}
