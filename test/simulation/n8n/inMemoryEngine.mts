import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartRecorder } from './startRecorder.mts';
import { recordHiddenFailure, recordPoll, type EngineContext } from './engineContext.mts';
import { Positions } from './positions.mts';

const MAX_ATTEMPTS = 5;

/** The modes of an activation whose failure a person sees. */
const PUBLICATION_MODES: readonly WorkflowActivateMode[] = ['activate', 'create', 'update'];

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
	/** Whether n8n has given up: it polls only after a person has published the workflow again. */
	#isDead = false;

	/** The database: static data, and the positions in it. */
	#saved: { json: string; positions: Positions } | undefined;
	/** The positions of the static data in memory. */
	#positions = new Positions();
	/** Batches that a crash lost before n8n handed them over; the node may be able to repeat them. */
	#lostBatches: Array<{ batch: Batch; isRecoverable: boolean }> = [];

	constructor(context: EngineContext) {
		this.#context = context;
		this.#settings = context.settings;
		this.#startRecorder = new StartRecorder(context);
	}

	async activate(): Promise<void> {
		this.#recordSettings();
		this.#context.beforeActivation();
		await this.#activateWithRetries();
	}

	/** A person who has seen that a publication failed publishes the workflow again. */
	async tick(): Promise<Tick> {
		if (this.#isDead) return 'nothing';
		if (this.#activation) return await this.#poll(this.#activation);
		if (!PUBLICATION_MODES.includes(this.#mode)) this.#context.beforeActivation();
		return await this.#activateWithRetries();
	}

	async restart(): Promise<void> {
		this.#deactivate();
		this.#mode = this.#drawMode(this.#context.processes.takeOver());
		this.#context.trace.log(`n8n: ${this.#mode}, process ${this.#context.processes.current}`);
		this.#context.beforeActivation();
		await this.#activateWithRetries();
	}

	async change(settings: Settings): Promise<void> {
		this.#settings = settings;
		this.#recordSettings();
		if (!this.#activation) return;
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
			this.#positions = new Positions(this.#saved?.positions);
			const tick = await this.#poll(activation, true);
			if (tick === 'crashed') return tick;
			if (tick !== 'failed') {
				this.#save(activation);
				return tick;
			}
			this.#activation = undefined;
			if (attempt < MAX_ATTEMPTS - 1) await time.wait(1000 * 2 ** attempt);
		}
		if (!PUBLICATION_MODES.includes(this.#mode)) this.#die();
		return 'failed';
	}

	/** Nobody sees that n8n has given up: the workflow is active, and is never polled again. */
	#die(): void {
		const { history, time } = this.#context;
		this.#isDead = true;
		const problem = `the trigger is dead: the poll after a start of n8n (${this.#mode}) has failed ${MAX_ATTEMPTS} times`;
		history.record({ kind: 'violation', atMs: time.server.now(), problem });
	}

	async #poll(activation: Activation, isActivation = false): Promise<Tick> {
		const { poller, nemesis, trace, history, intervalMs, getTeam } = this.#context;
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

		this.#startRecorder.recordStart(startedMs, activation.isFailureTolerated === true);
		if (activation.isFailureTolerated) {
			if (!isActivation) recordHiddenFailure(this.#context);
			this.#positions.change(getTeam(), {});
			return 'nothing';
		}
		recordPoll(this.#context, startedMs, this.#positions.get(getTeam()));
		this.#recordRestart(startedMs);
		if (outcome.kind === 'nothing') return 'nothing';

		const { batch } = outcome;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.log(`n8n dies: ${handover}`);
		this.#positions.change(getTeam(), { batch });
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
	#recordRestart(polledMs: number): void {
		const { history, processes, getTeam } = this.#context;
		const { repeatLastBatch } = this.#settings;
		const team = getTeam();
		const { batch: lastBatch, owner } = this.#positions.get(team);
		if (repeatLastBatch && owner !== processes.current) {
			history.record({ kind: 'mayRepeat', batch: lastBatch });
		}
		this.#positions.change(team, { owner: processes.current, polledMs });
		const isOfTeam = ({ batch }: { batch: Batch }) => batch[0]?.team === team;
		for (const { batch, isRecoverable } of this.#lostBatches.filter(isOfTeam)) {
			if (!isRecoverable || !repeatLastBatch) history.record({ kind: 'mayBeLost', batch });
		}
		this.#lostBatches = this.#lostBatches.filter((lost) => !isOfTeam(lost));
	}

	#deliver(batch: Batch): void {
		const { history, time, getTeam } = this.#context;
		this.#positions.change(getTeam(), { batch });
		history.record({
			kind: 'delivered',
			atMs: time.server.now(),
			settings: this.#settings,
			batch,
		});
	}

	#save(activation: Activation): void {
		if (activation.isChanged) {
			this.#saved = { json: activation.save(), positions: new Positions(this.#positions) };
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
		this.#startRecorder.reset(this.#saved?.positions.teams() ?? []);
	}

	#recordSettings(): void {
		const { history, time, trace } = this.#context;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.log(`settings ${JSON.stringify(this.#settings)}`);
	}
}
