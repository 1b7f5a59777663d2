import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartNotes } from './startNotes.mts';
import type { EngineContext } from './engineContext.mts';

const MAX_ATTEMPTS = 5;

/**
 * n8n's usual way of polling. The static data stays in memory from poll to poll, also after one
 * that failed; it goes to the database beside a batch, and once after an activation, which polls.
 */
export class InMemoryEngine implements Engine {
	readonly #around: EngineContext;
	readonly #start: StartNotes;
	#settings: Settings;
	#activation: Activation | undefined;
	/** How the next activation comes about. */
	#mode: WorkflowActivateMode = 'activate';

	/** The database: static data, its last batch, and the process that saved it. */
	#saved: { json: string; batch: Batch; owner: string } | undefined;
	/** The last batch of the static data in memory. */
	#lastBatch: Batch = [];
	/** The process that saved the cursor in memory. */
	#cursorOwner: string | undefined;
	/** What a crash has taken and what the node may be able to repeat. */
	#taken: Array<{ batch: Batch; isRemembered: boolean }> = [];

	constructor(around: EngineContext) {
		this.#around = around;
		this.#settings = around.settings;
		this.#start = new StartNotes(around);
	}

	async activate(): Promise<void> {
		this.#noteSettings();
		await this.#open();
	}

	async tick(): Promise<Tick> {
		return this.#activation ? await this.#poll(this.#activation) : await this.#open();
	}

	async restart(): Promise<void> {
		this.#leave();
		this.#mode = this.#modeAfter(this.#around.processes.takeOver());
		this.#around.trace.say(`n8n: ${this.#mode}, process ${this.#around.processes.current}`);
		await this.#open();
	}

	async change(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#noteSettings();
		if (!this.#activation) return;
		this.#lastBatch = this.#saved?.batch ?? [];
		this.#mode = 'update';
		await this.#open();
	}

	async #open(): Promise<Tick> {
		const { activate, processes, time } = this.#around;
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
			if (tick === 'died') return tick;
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
		const { poller, nemesis, trace, history, intervalMs } = this.#around;
		const beganMs = this.#around.time.server.now();
		const outcome = await poller.run(activation, this.#mode, {
			dueMs: beganMs + intervalMs,
			intervalMs,
			handOver: (batch) => {
				this.#deliver(batch);
				this.#save(activation);
			},
		});
		trace.poll(outcome, `${this.#mode}, process ${this.#around.processes.current}`);
		if (outcome.kind === 'killed') return this.#die();
		if (outcome.kind === 'failed') return 'failed';

		this.#start.note(beganMs);
		this.#settleRestart();
		if (outcome.kind === 'nothing') return 'nothing';

		const { batch } = outcome;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.say(`n8n dies: ${handover}`);
		this.#lastBatch = batch;
		if (handover !== 'handedOverOnly') this.#save(activation);
		if (handover === 'savedOnly') {
			this.#taken.push({ batch, isRemembered: this.#settings.repeatLastBatch });
			return this.#die();
		}
		this.#deliver(batch);
		if (handover === 'complete') return 'delivered';
		history.record({ kind: 'mayRepeat', batch });
		return this.#die();
	}

	/**
	 * What the first poll after a start may bring again: the first with a cursor of another process.
	 * What a crash has taken before is repeated now, or lost.
	 */
	#settleRestart(): void {
		const { history, processes } = this.#around;
		const { repeatLastBatch } = this.#settings;
		if (repeatLastBatch && this.#cursorOwner !== processes.current) {
			history.record({ kind: 'mayRepeat', batch: this.#lastBatch });
		}
		this.#cursorOwner = processes.current;
		for (const { batch, isRemembered } of this.#taken) {
			if (!isRemembered || !repeatLastBatch) history.record({ kind: 'mayBeLost', batch });
		}
		this.#taken = [];
	}

	#deliver(batch: Batch): void {
		const { history, time } = this.#around;
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
			const owner = this.#around.processes.current;
			this.#saved = { json: activation.save(), batch: this.#lastBatch, owner };
		}
	}

	#die(): Tick {
		this.#leave();
		const { processes, nemesis } = this.#around;
		if (nemesis.otherInstanceTakesOver())
			this.#mode = this.#modeAfter(processes.crashAndTakeOver());
		else {
			processes.replace();
			this.#mode = this.#modeAfter('init');
		}
		return 'died';
	}

	#modeAfter(start: 'init' | 'leadershipChange'): WorkflowActivateMode {
		return start === 'init' && this.#around.nemesis.activationIsLate() ? 'update' : start;
	}

	#leave(): void {
		this.#activation = undefined;
		if (!this.#saved) this.#start.forget();
	}

	#noteSettings(): void {
		const { history, time, trace } = this.#around;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.say(`settings ${JSON.stringify(this.#settings)}`);
	}
}
