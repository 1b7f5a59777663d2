import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchSlice, startReading, type Slice, type SliceOutcome } from './fetchSlice';
import { isPageShift, retryOnPageShift } from './pageShift';
import type { LogPage } from './paginator';
import type { Prefetcher } from './prefetch';
import type { SlicingOptions } from './slicingOptions';
import { splitEvenly } from './splitWindow';
import { createStoppablePaginator } from './stoppablePaginator';

/** By what factor slices grow from one to the next at most. */
const MAX_GROWTH = 4;

/** Into how many parts a slice is split whose pages shift. */
const PARTS_AFTER_SHIFT = 4;

interface SliceTask {
	readonly slice: TimeWindow;
	/** Its pages, if the first one is fetched in advance. */
	pages?: Prefetcher<LogPage>;
	outcome?: Promise<SliceOutcome>;
}

/** Cuts windows into slices, reads them in parallel, and gives them in order: see `fetchSlices`. */
export class Slicer {
	readonly #log: EventLog;
	/** What was not cut into slices yet, in the direction of reading. */
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
			if (this.options.fetchesAhead) this.#fetchAhead();
			const slice = this.#complete(task, await outcome.catch((error) => this.#rethrow(error)));
			if (slice) return slice;
		}
	}

	/** The failure that ended the reading, if others failed because of it. */
	#rethrow(error: unknown): never {
		return rethrow(this.#failure ? this.#failure.error : error);
	}

	/** No request outlives the reading. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await Promise.allSettled(this.#tasks.map(({ outcome, pages }) => outcome ?? pages?.next()));
	}

	/** Starts as many tasks as the concurrency and the demand allow. */
	#startTasks(): void {
		const { concurrency, maxWaiting, demand, fetchesAhead } = this.options;
		const allowed = Math.min(concurrency, Math.floor(demand() / this.#expectedEvents));
		// What is cut in advance does not profit from what is learned about the density.
		const maxTasks = fetchesAhead ? Math.max(1, allowed) + 1 : concurrency + maxWaiting;
		while (this.#tasks.length < maxTasks && this.#windows.length > 0) {
			this.#tasks.push({ slice: this.#takeSlice() });
		}
		const started = this.#tasks.filter(({ outcome }) => outcome).length;
		let free = maxWaiting === 0 ? allowed - started : allowed - this.#running;
		for (const task of this.#tasks) if (!task.outcome && free-- > 0) void this.#start(task);
	}

	#start(task: SliceTask): Promise<SliceOutcome> {
		if (task.outcome) return task.outcome;
		this.#running++;
		task.outcome = this.#fetch(task).finally(() => this.#running--);
		task.outcome.then(
			(outcome) => this.#goOn(task, outcome),
			(error: unknown) => this.#fail(error),
		);
		return task.outcome;
	}

	/** A worker that is free goes on with other slices, though it is not the task's turn yet. */
	#goOn(task: SliceTask, outcome: SliceOutcome): void {
		if (this.options.maxWaiting === 0 || this.#isStopped) return;
		const index = this.#tasks.indexOf(task);
		if ('parts' in outcome && index >= 0) {
			this.#tasks.splice(index, 1, ...this.#createTasks(outcome.parts));
		}
		this.#startTasks();
	}

	/**
	 * Where all slices are needed, the first failure ends the reading. Else it is handled when it is the
	 * task's turn: the slices before it may be all that is needed.
	 */
	#fail(error: unknown): void {
		if (this.options.maxWaiting === 0 || this.#isStopped) return;
		this.#failure = { error };
		this.#isStopped = true;
	}

	async #fetch({ slice, pages }: SliceTask): Promise<SliceOutcome> {
		const limits = this.options.getLimits(this.#isAnyComplete);
		if (getLengthMs(slice) === 1) {
			return await retryOnPageShift(async () => await fetchSlice(this.#log, slice, limits));
		}
		return await fetchSlice(this.#log, slice, limits, pages).catch((error: unknown) =>
			isPageShift(error) ? { parts: splitEvenly(slice, PARTS_AFTER_SHIFT) } : rethrow(error),
		);
	}

	/** Fetches the first page of the next slice in advance: at most one page in vain. */
	#fetchAhead(): void {
		const [next] = this.#tasks;
		if (!next || next.outcome || next.pages) return;
		if (this.options.demand() <= this.#expectedEvents) return;
		next.pages = startReading(this.#log, next.slice);
		next.pages.start();
	}

	/** The slice of a task that is done; `undefined` where it is replaced by shorter ones. */
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

	/** Tasks for the parts of a slice, in the direction of reading. */
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
