import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartRecorder } from './startRecorder.mts';
import type { EngineContext } from './engineContext.mts';

const MAX_ATTEMPTS = 5;

/**
 * n8n's default engine. The static data stays in memory from poll to poll, even after a failed
 * poll. n8n saves it with each batch, and after the poll of an activation.
 */
export class InMemoryEngine implements Engine {
	readonly #context: EngineContext;
	readonly #startRecorder: StartRecorder;
	#settings: Settings;
	#activation: Activation | undefined;
	/** The mode of the next activation. */
	#mode: WorkflowActivateMode = 'activate';

	/** The database: static data, its last batch, and the process that saved it. */
	#saved: { json: string; batch: Batch; owner: string } | undefined;
	/** The last batch of the static data in memory. */
	#lastBatch: Batch = [];
	/** The process that saved the cursor in memory. */
	#cursorOwner: string | undefined;
	/** Batches that a crash lost before n8n handed them over; the node may be able to repeat them. */
	#lostBatches: Array<{ batch: Batch; isRecoverable: boolean }> = [];

	constructor(context: EngineContext) {
		this.#context = context;
		this.#settings = context.settings;
		this.#startRecorder = new StartRecorder(context);
	}

	async activate(): Promise<void> {
		this.#recordSettings();
		await this.#activateWithRetries();
	}

	async tick(): Promise<Tick> {
		return this.#activation
			? await this.#poll(this.#activation)
			: await this.#activateWithRetries();
	}

	async restart(): Promise<void> {
		this.#deactivate();
		this.#mode = this.#drawMode(this.#context.processes.takeOver());
		this.#context.trace.log(`n8n: ${this.#mode}, process ${this.#context.processes.current}`);
		await this.#activateWithRetries();
	}

	async change(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#recordSettings();
		if (!this.#activation) return;
		this.#lastBatch = this.#saved?.batch ?? [];
		this.#mode = 'update';
		await this.#activateWithRetries();
	}

	async #activateWithRetries(): Promise<Tick> {
		const { activate, processes, time } = this.#context;
		for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
			const activation = activate({
				settings: this.#settings,
				processId: processes.current,
				saved: this.#saved?.json,
			});
			this.#activation = activation;
			this.#lastBatch = this.#saved?.batch ?? [];
			this.#cursorOwner = this.#saved?.owner;
			const tick = await this.#poll(activation);
			if (tick === 'crashed') return tick;
			if (tick !== 'failed') {
				this.#save(activation);
				return tick;
			}
			this.#activation = undefined;
			await time.wait(1000 * 2 ** attempt);
		}
		return 'failed';
	}

	async #poll(activation: Activation): Promise<Tick> {
		const { poller, nemesis, trace, history, intervalMs } = this.#context;
		const startedMs = this.#context.time.server.now();
		const outcome = await poller.run(activation, this.#mode, {
			dueMs: startedMs + intervalMs,
			intervalMs,
			onBatch: (batch) => {
				this.#deliver(batch);
				this.#save(activation);
			},
		});
		trace.logPoll(outcome, `${this.#mode}, process ${this.#context.processes.current}`);
		if (outcome.kind === 'killed') return this.#crash();
		if (outcome.kind === 'failed') return 'failed';

		this.#startRecorder.recordStart(startedMs);
		this.#recordRestart();
		if (outcome.kind === 'nothing') return 'nothing';

		const { batch } = outcome;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.log(`n8n dies: ${handover}`);
		this.#lastBatch = batch;
		if (handover !== 'handedOverOnly') this.#save(activation);
		if (handover === 'savedOnly') {
			this.#lostBatches.push({ batch, isRecoverable: this.#settings.repeatLastBatch });
			return this.#crash();
		}
		this.#deliver(batch);
		if (handover === 'complete') return 'delivered';
		history.record({ kind: 'mayRepeat', batch });
		return this.#crash();
	}

	/**
	 * A poll with a cursor of another process is the first one after a start: it may repeat the last
	 * batch. A batch that a crash lost is repeated now, or never.
	 */
	#recordRestart(): void {
		const { history, processes } = this.#context;
		const { repeatLastBatch } = this.#settings;
		if (repeatLastBatch && this.#cursorOwner !== processes.current) {
			history.record({ kind: 'mayRepeat', batch: this.#lastBatch });
		}
		this.#cursorOwner = processes.current;
		for (const { batch, isRecoverable } of this.#lostBatches) {
			if (!isRecoverable || !repeatLastBatch) history.record({ kind: 'mayBeLost', batch });
		}
		this.#lostBatches = [];
	}

	#deliver(batch: Batch): void {
		const { history, time } = this.#context;
		this.#lastBatch = batch;
		history.record({
			kind: 'delivered',
			atMs: time.server.now(),
			settings: this.#settings,
			batch,
		});
	}

	#save(activation: Activation): void {
		if (activation.isChanged) {
			const owner = this.#context.processes.current;
			this.#saved = { json: activation.save(), batch: this.#lastBatch, owner };
		}
	}

	#crash(): Tick {
		this.#deactivate();
		const { processes, nemesis } = this.#context;
		if (nemesis.otherInstanceTakesOver()) this.#mode = this.#drawMode(processes.crashAndTakeOver());
		else {
			processes.replace();
			this.#mode = this.#drawMode('init');
		}
		return 'crashed';
	}

	#drawMode(start: 'init' | 'leadershipChange'): WorkflowActivateMode {
		return start === 'init' && this.#context.nemesis.activationIsLate() ? 'update' : start;
	}

	#deactivate(): void {
		this.#activation = undefined;
		if (!this.#saved) this.#startRecorder.reset();
	}

	#recordSettings(): void {
		const { history, time, trace } = this.#context;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.log(`settings ${JSON.stringify(this.#settings)}`);
	}
}
