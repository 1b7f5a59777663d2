import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartNotes } from './startNotes.mts';
import type { EngineContext } from './engineContext.mts';

const POLL_TIMEOUT_MS = 45_000;
const LONGEST_BACKOFF_MS = 30 * 60_000;

/**
 * n8n's scheduler with durable cursors: each poll gets a copy of what was committed, and what it
 * leaves is committed together with its batch, or not at all.
 */
export class DurableEngine implements Engine {
	readonly #around: EngineContext;
	readonly #start: StartNotes;
	#settings: Settings;
	#isActive = false;
	#committed: string | undefined;
	/** The last batch that was committed. */
	#lastBatch: Batch = [];
	/** The process that committed the cursor. */
	#committedBy: string | undefined;
	#failures = 0;
	#notBeforeMs = -Infinity;

	constructor(around: EngineContext) {
		this.#around = around;
		this.#settings = around.settings;
		this.#start = new StartNotes(around);
	}

	async activate(): Promise<void> {
		this.#noteSettings();
		await this.tick();
	}

	async tick(): Promise<Tick> {
		const { time } = this.#around;
		if (time.server.now() < this.#notBeforeMs) return 'failed';
		const before = this.#committed;
		const tick = await this.#poll();
		if (tick === 'delivered' && this.#around.nemesis.secondPollStarts()) await this.#poll(before);
		this.#failures = tick === 'failed' ? this.#failures + 1 : 0;
		const backoffMs = Math.min(LONGEST_BACKOFF_MS, 30_000 * 2 ** this.#failures);
		this.#notBeforeMs = tick === 'failed' ? time.server.now() + backoffMs : -Infinity;
		return tick;
	}

	async restart(): Promise<void> {
		this.#around.processes.takeOver();
		this.#around.trace.say(`n8n: process ${this.#around.processes.current}`);
		this.#forgetMemory();
	}

	async change(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#noteSettings();
	}

	/** The activation polls once; scheduled polls follow when that has succeeded. */
	async #poll(saved = this.#committed): Promise<Tick> {
		const { time, poller, trace, processes, activate } = this.#around;
		const isActivation = !this.#isActive;
		const mode = isActivation ? 'activate' : 'update';
		const beganMs = time.server.now();
		const activation = activate({
			settings: this.#settings,
			processId: processes.current,
			saved,
		});
		const outcome = await poller.run(activation, mode);
		trace.poll(outcome, `${mode}, process ${processes.current}`);
		if (outcome.kind === 'killed') return this.#die();
		if (outcome.kind === 'failed') return 'failed';
		if (time.server.now() - beganMs > POLL_TIMEOUT_MS) {
			trace.say('abandoned: too slow');
			return 'failed';
		}

		this.#isActive = true;
		this.#start.note(beganMs);
		this.#settleStart();
		if (outcome.kind === 'nothing') {
			if (!isActivation && activation.isChanged) this.#commit(activation);
			return 'nothing';
		}
		return this.#handOver(activation, outcome.batch);
	}

	/** What the first poll after a start may bring again: the first with a cursor of another process. */
	#settleStart(): void {
		const { history, processes } = this.#around;
		if (!this.#settings.repeatLastBatch || this.#committedBy === processes.current) return;
		history.record({ kind: 'mayRepeat', batch: this.#lastBatch });
	}

	#handOver(activation: Activation, batch: Batch): Tick {
		const { nemesis, history, time, trace } = this.#around;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.say('n8n dies around the commit');
		if (handover === 'handedOverOnly') return this.#die();
		this.#commit(activation);
		this.#lastBatch = batch;
		history.record({
			kind: 'delivered',
			atMs: time.server.now(),
			settings: this.#settings,
			batch,
		});
		return handover === 'complete' ? 'delivered' : this.#die();
	}

	#commit(activation: Activation): void {
		this.#committed = activation.save();
		this.#committedBy = this.#around.processes.current;
	}

	#die(): Tick {
		this.#around.processes.replace();
		this.#forgetMemory();
		return 'died';
	}

	#forgetMemory(): void {
		if (this.#committed === undefined) this.#start.forget();
	}

	#noteSettings(): void {
		const { history, time, trace } = this.#around;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.say(`settings ${JSON.stringify(this.#settings)}`);
	}
}
