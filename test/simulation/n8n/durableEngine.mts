import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartRecorder } from './startRecorder.mts';
import type { EngineContext } from './engineContext.mts';

const POLL_TIMEOUT_MS = 45_000;
const MAX_BACKOFF_MS = 30 * 60_000;

/**
 * n8n's scheduler with durable cursors: each poll gets a copy of the committed state; n8n commits
 * the new state together with the batch, or not at all.
 */
export class DurableEngine implements Engine {
	readonly #context: EngineContext;
	readonly #startRecorder: StartRecorder;
	#settings: Settings;
	#isActive = false;
	#committed: string | undefined;
	/** The last batch that was committed. */
	#lastBatch: Batch = [];
	/** The process that committed the cursor. */
	#committedBy: string | undefined;
	#failures = 0;
	#notBeforeMs = -Infinity;

	constructor(context: EngineContext) {
		this.#context = context;
		this.#settings = context.settings;
		this.#startRecorder = new StartRecorder(context);
	}

	async activate(): Promise<void> {
		this.#recordSettings();
		await this.tick();
	}

	async tick(): Promise<Tick> {
		const { time } = this.#context;
		if (time.server.now() < this.#notBeforeMs) return 'failed';
		const before = this.#committed;
		const tick = await this.#poll();
		if (tick === 'delivered' && this.#context.nemesis.secondPollStarts()) await this.#poll(before);
		this.#failures = tick === 'failed' ? this.#failures + 1 : 0;
		const backoffMs = Math.min(MAX_BACKOFF_MS, 30_000 * 2 ** this.#failures);
		this.#notBeforeMs = tick === 'failed' ? time.server.now() + backoffMs : -Infinity;
		return tick;
	}

	async restart(): Promise<void> {
		this.#context.processes.takeOver();
		this.#context.trace.log(`n8n: process ${this.#context.processes.current}`);
		this.#loseMemory();
	}

	async change(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#recordSettings();
	}

	/** The activation polls once; scheduled polls follow after its success. */
	async #poll(saved = this.#committed): Promise<Tick> {
		const { time, poller, trace, processes, activate } = this.#context;
		const isActivation = !this.#isActive;
		const mode = isActivation ? 'activate' : 'update';
		const startedMs = time.server.now();
		const activation = activate({
			settings: this.#settings,
			processId: processes.current,
			saved,
		});
		const outcome = await poller.run(activation, mode);
		trace.logPoll(outcome, `${mode}, process ${processes.current}`);
		if (outcome.kind === 'killed') return this.#crash();
		if (outcome.kind === 'failed') return 'failed';
		if (time.server.now() - startedMs > POLL_TIMEOUT_MS) {
			trace.log('abandoned: too slow');
			return 'failed';
		}

		this.#isActive = true;
		this.#startRecorder.recordStart(startedMs);
		this.#recordRepeats();
		if (outcome.kind === 'nothing') {
			if (!isActivation && activation.isChanged) this.#commit(activation);
			return 'nothing';
		}
		return this.#deliver(activation, outcome.batch);
	}

	/** A poll with a cursor of another process is the first one after a start: it may repeat the last batch. */
	#recordRepeats(): void {
		const { history, processes } = this.#context;
		if (!this.#settings.repeatLastBatch || this.#committedBy === processes.current) return;
		history.record({ kind: 'mayRepeat', batch: this.#lastBatch });
	}

	#deliver(activation: Activation, batch: Batch): Tick {
		const { nemesis, history, time, trace } = this.#context;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.log('n8n dies around the commit');
		if (handover === 'handedOverOnly') return this.#crash();
		this.#commit(activation);
		this.#lastBatch = batch;
		history.record({
			kind: 'delivered',
			atMs: time.server.now(),
			settings: this.#settings,
			batch,
		});
		return handover === 'complete' ? 'delivered' : this.#crash();
	}

	#commit(activation: Activation): void {
		this.#committed = activation.save();
		this.#committedBy = this.#context.processes.current;
	}

	#crash(): Tick {
		this.#context.processes.replace();
		this.#loseMemory();
		return 'crashed';
	}

	#loseMemory(): void {
		if (this.#committed === undefined) this.#startRecorder.reset();
	}

	#recordSettings(): void {
		const { history, time, trace } = this.#context;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.log(`settings ${JSON.stringify(this.#settings)}`);
	}
}
