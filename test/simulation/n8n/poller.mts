import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { VirtualTime } from '../time.mts';
import type { Activation } from './activation.mts';
import type { Nemesis } from './nemesis.mts';

/** The outcome of a poll. */
export type Outcome =
	| { readonly kind: 'batch'; readonly batch: Batch }
	| { readonly kind: 'nothing' }
	| { readonly kind: 'failed'; readonly error: unknown }
	/** n8n crashed during the poll. */
	| { readonly kind: 'killed' };

/** When further scheduled polls start while a poll is still running. */
export interface OverlapSchedule {
	/** When the next poll starts, and the time to each further one. */
	readonly dueMs: number;
	readonly intervalMs: number;
	/** Receives the batch of such a poll. */
	readonly onBatch: (batch: Batch) => void;
}

/** Runs polls as n8n does, with crashes in the middle of a poll and overlapping polls. */
export class Poller {
	polls = 0;

	constructor(
		private readonly time: VirtualTime,
		private readonly nemesis: Nemesis,
	) {}

	async run(
		activation: Activation,
		mode: WorkflowActivateMode,
		overlap?: OverlapSchedule,
	): Promise<Outcome> {
		const { time, nemesis } = this;
		let waitsLeft = nemesis.killAtWait();
		let secondDueMs = nemesis.secondPollStarts() ? -Infinity : (overlap?.dueMs ?? Infinity);
		let kill = () => {};
		const killed = new Promise<Outcome>((resolve) => {
			kill = () => resolve({ kind: 'killed' });
		});

		const onWait = async () => {
			waitsLeft--;
			if (waitsLeft <= 0) {
				kill();
				await new Promise<never>(() => {});
			}
			if (!overlap || time.server.now() < secondDueMs) return;
			secondDueMs = time.server.now() + overlap.intervalMs;
			time.onWait = undefined;
			const second = await this.#poll(activation, mode);
			if (second.kind === 'batch') overlap.onBatch(second.batch);
			time.onWait = onWait;
		};

		time.onWait = onWait;
		const outcome = await Promise.race([this.#poll(activation, mode), killed]);
		time.onWait = undefined;
		return outcome;
	}

	async #poll(activation: Activation, mode: WorkflowActivateMode): Promise<Outcome> {
		this.polls++;
		return await activation.poll(mode).then(
			(batch): Outcome => (batch === null ? { kind: 'nothing' } : { kind: 'batch', batch }),
			(error: unknown): Outcome => ({ kind: 'failed', error }),
		);
	}
}
