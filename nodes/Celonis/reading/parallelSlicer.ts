import { rethrow } from '../errors/rethrow';
import { getLengthMs, type TimeWindow } from '../records/timeWindow';
import type { EventLog } from './eventLog';
import { fetchOrSplit } from './fetchOrSplit';
import type { Slice, SliceOutcome, SplitDecision } from './fetchSlice';
import { isTokenRefused } from './pageShift';
import { PendingWindow } from './pendingWindow';
import type { ParallelOptions } from './slicingOptions';
import { createStoppablePaginator } from './stoppablePaginator';
import type { WindowPart } from './windowPart';
import { WorkSharing } from './workSharing';

/** From so many pages on that wait for those before them, slices are read in the direction of the read. */
const MAX_WAITING_PAGES = 800;

interface SliceTask {
	/** What is read; missing as long as it has to be cut off. */
	readonly slice?: TimeWindow;
	/** The window that the slice was cut off, or will be. */
	readonly pending?: PendingWindow;
	outcome?: Promise<SliceOutcome>;
}

/**
 * Reads all of some windows in parallel slices, and returns them in order: see `fetchAllSlices`. Slices are
 * cut off when a worker is free, so that their length follows the density of the log.
 */
export class ParallelSlicer {
	readonly #log: EventLog;
	/** In the direction of the read. */
	readonly #tasks: SliceTask[];
	/** How many slices are read in parallel: one only, once the server has refused a page token. */
	#concurrency: number;
	readonly #running = new Set<Promise<SliceOutcome>>();
	readonly #sharing = new WorkSharing(() => this.#countIdleWorkers());
	#waitingPages = 0;
	#isStopped = false;
	#failure: { readonly error: unknown } | undefined;

	constructor(
		log: EventLog,
		windows: readonly WindowPart[],
		private readonly options: ParallelOptions,
	) {
		const paginate = createStoppablePaginator(log.pages, () => this.#isStopped);
		const getParallelPages = () =>
			this.#isStopped
				? 0
				: Math.max(1, Math.floor(this.#getParallelRequests(log) / this.#running.size));
		this.#log = { ...log, pages: (request) => paginate({ ...request, getParallelPages }) };
		this.#concurrency = options.concurrency;
		this.#tasks = windows.map(createTask);
	}

	/** The next slice, or `undefined` at the end. */
	async next(): Promise<Slice | undefined> {
		for (;;) {
			// Nothing is started any more after a failure: what is not in flight would be waited for in vain.
			this.#throwFailure();
			this.#startTasks();
			const [task] = this.#tasks;
			if (!task) return undefined;
			// Slices may be cut off at the other end first: then any of them may let this one begin.
			if (!task.outcome) await Promise.race(this.#running).catch(() => undefined);
			const outcome = await task.outcome?.catch(() => undefined);
			// Other slices may have failed as a result of the failure that ended the read.
			this.#throwFailure();
			const isFirst = task.slice && task === this.#tasks[0];
			if (!isFirst || !outcome || 'parts' in outcome) continue;
			this.#tasks.shift();
			this.#waitingPages -= outcome.pages;
			const { events } = outcome;
			const isOldestFirst = this.options.direction === 'oldestFirst';
			return { ...task.slice, events: isOldestFirst ? events : events.reverse() };
		}
	}

	/** Waits until no request is in flight: none outlives the read. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await Promise.allSettled(this.#tasks.map(({ outcome }) => outcome));
	}

	#throwFailure(): void {
		if (this.#failure) rethrow(this.#failure.error);
	}

	/** Starts as many tasks as the concurrency allows. */
	#startTasks(): void {
		while (this.#running.size < this.#concurrency) {
			const index = this.#tasks.findIndex(({ outcome }) => !outcome);
			const task = this.#tasks[index];
			if (!task || this.#isStopped) return;
			this.#start(task.slice || !task.pending ? task : this.#cut(index, task, task.pending));
		}
	}

	/** Puts a task for the next slice of a window beside that for its rest. */
	#cut(index: number, task: SliceTask, pending: PendingWindow): SliceTask {
		const { direction } = this.options;
		const end = this.#waitingPages > MAX_WAITING_PAGES ? direction : pending.direction;
		const { slice, isLast } = pending.take(end, this.#concurrency, this.#sharing.pages);
		const cut = { slice, pending };
		const tasks = isLast ? [cut] : end === direction ? [cut, task] : [task, cut];
		this.#tasks.splice(index, 1, ...tasks);
		return cut;
	}

	#start(task: SliceTask): void {
		const outcome = this.#fetch(task.slice!, [...this.#running]).finally(() => {
			this.#running.delete(outcome);
		});
		this.#running.add(outcome);
		task.outcome = outcome;
		outcome.then(
			(result) => this.#onOutcome(task, result),
			(error: unknown) => {
				if (!this.#isStopped) this.#failure = { error };
				this.#isStopped = true;
			},
		);
	}

	/** Lets the free worker continue with other slices, even if those before them are incomplete. */
	#onOutcome(task: SliceTask, outcome: SliceOutcome): void {
		if (this.#isStopped) return;
		if ('parts' in outcome) {
			const isOldestFirst = this.options.direction === 'oldestFirst';
			const parts = isOldestFirst ? outcome.parts : [...outcome.parts].reverse();
			this.#tasks.splice(this.#tasks.indexOf(task), 1, ...parts.map(createTask));
		} else {
			this.#waitingPages += outcome.pages;
			this.#sharing.complete(outcome.pages);
			task.pending?.observe(task.slice!, outcome.pages);
		}
		this.#startTasks();
	}

	/** Fetches a slice, after those `before` it unless slices are read in parallel. */
	async #fetch(
		slice: TimeWindow,
		before: ReadonlyArray<Promise<SliceOutcome>>,
	): Promise<SliceOutcome> {
		const isParallel = this.#concurrency > 1;
		if (!isParallel) await Promise.allSettled(before);
		const decide = (): SplitDecision => (isParallel ? this.#sharing.start(slice) : () => undefined);
		const outcome = fetchOrSplit(this.#log, slice, decide, undefined, isParallel);
		return await outcome.catch((error: unknown) => {
			if (!isParallel || !isTokenRefused(error)) return rethrow(error);
			// Tokens may last for few requests only: this slice is read again, on its own.
			this.#concurrency = 1;
			return { parts: [slice] };
		});
	}

	/** How many requests may be in flight for all slices together. */
	#getParallelRequests({ getConcurrency }: EventLog): number {
		return Math.min(this.#concurrency, getConcurrency?.() ?? Infinity);
	}

	/** How many workers have nothing to do, now and at the next occasion. */
	#countIdleWorkers(): { readonly idle: number; readonly workers: number } {
		const hasWork = this.#tasks.some(({ outcome }) => !outcome);
		const idle = hasWork ? 0 : Math.max(0, this.#concurrency - this.#running.size);
		return { idle, workers: this.#concurrency };
	}
}

function createTask(part: WindowPart): SliceTask {
	const { fromMs, toMs, estimatedPages } = part;
	const isCuttable = estimatedPages !== undefined && getLengthMs(part) > 1;
	return isCuttable ? { pending: new PendingWindow(part) } : { slice: { fromMs, toMs } };
}
