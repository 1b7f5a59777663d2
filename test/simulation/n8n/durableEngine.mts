import type { Batch } from '../history.mts';
import type { Settings } from '../plan/settings.mts';
import type { Activation } from './activation.mts';
import type { Engine, Tick } from './engine.mts';
import { StartRecorder } from './startRecorder.mts';
import { recordHiddenFailure, recordPoll, type EngineContext } from './engineContext.mts';
import { Positions } from './positions.mts';

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
	/** The committed positions. */
	readonly #positions = new Positions();
	#failures = 0;
	#notBeforeMs = -Infinity;

	constructor(context: EngineContext) {
		this.#context = context;
		this.#settings = context.settings;
		this.#startRecorder = new StartRecorder(context);
	}

	async activate(): Promise<void> {
		this.#recordSettings();
		this.#context.beforeActivation();
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
		const { time, poller, trace, processes, activate, getTeam } = this.#context;
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
		if (!isActivation && time.server.now() - startedMs > POLL_TIMEOUT_MS) {
			trace.log('abandoned: too slow');
			return 'failed';
		}

		this.#isActive = true;
		this.#startRecorder.recordStart(startedMs, activation.isFailureTolerated === true);
		if (activation.isFailureTolerated) {
			if (!isActivation) recordHiddenFailure(this.#context);
			return 'nothing';
		}
		recordPoll(this.#context, startedMs, this.#positions.get(getTeam()));
		this.#recordRepeats();
		if (outcome.kind === 'nothing') {
			if (!isActivation && activation.isChanged) this.#commit(activation, startedMs);
			return 'nothing';
		}
		return this.#deliver(activation, startedMs, outcome.batch);
	}

	/** A poll with a cursor of another process is the first one after a start: it may repeat the last batch. */
	#recordRepeats(): void {
		const { history, processes, getTeam } = this.#context;
		const { batch, owner } = this.#positions.get(getTeam());
		if (!this.#settings.repeatLastBatch || owner === processes.current) return;
		history.record({ kind: 'mayRepeat', batch });
	}

	#deliver(activation: Activation, startedMs: number, batch: Batch): Tick {
		const { nemesis, history, time, trace } = this.#context;
		const handover = nemesis.handover();
		if (handover !== 'complete') trace.log('n8n dies around the commit');
		if (handover === 'handedOverOnly') return this.#crash();
		this.#commit(activation, startedMs);
		this.#positions.change(this.#context.getTeam(), { batch });
		history.record({
			kind: 'delivered',
			atMs: time.server.now(),
			settings: this.#settings,
			batch,
		});
		return handover === 'complete' ? 'delivered' : this.#crash();
	}

	#commit(activation: Activation, polledMs: number): void {
		this.#committed = activation.save();
		const { getTeam, processes } = this.#context;
		this.#positions.change(getTeam(), { owner: processes.current, polledMs });
	}

	#crash(): Tick {
		this.#context.processes.replace();
		this.#loseMemory();
		return 'crashed';
	}

	#loseMemory(): void {
		this.#startRecorder.reset(this.#positions.teams());
	}

	#recordSettings(): void {
		const { history, time, trace } = this.#context;
		history.record({ kind: 'settings', atMs: time.server.now(), settings: this.#settings });
		trace.log(`settings ${JSON.stringify(this.#settings)}`);
	}
}
