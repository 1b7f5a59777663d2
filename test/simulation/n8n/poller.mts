import type { WorkflowActivateMode } from 'n8n-workflow';
import type { Batch } from '../history.mts';
import type { VirtualTime } from '../time.mts';
import type { Activation } from './activation.mts';
import type { Nemesis } from './nemesis.mts';

/** What became of a poll. */
export type Outcome =
	| { readonly kind: 'batch'; readonly batch: Batch }
	| { readonly kind: 'nothing' }
	| { readonly kind: 'failed'; readonly error: unknown }
	/** n8n died before it had ended. */
	| { readonly kind: 'killed' };

/** What an engine does while a poll waits for an answer. */
export interface WhileWaiting {
	/** When a scheduled poll starts all the same, and how much later yet another. */
	readonly dueMs: number;
	readonly intervalMs: number;
	/** Hands over what that second poll delivers. */
	readonly handOver: (batch: Batch) => void;
}

/** Runs polls as n8n does, with what can happen in the middle of one. */
export class Poller {
	polls = 0;

	constructor(
		private readonly time: VirtualTime,
		private readonly nemesis: Nemesis,
	) {}

	async run(
		activation: Activation,
		mode: WorkflowActivateMode,
		whileWaiting?: WhileWaiting,
	): Promise<Outcome> {
		const { time, nemesis } = this;
		let waitsLeft = nemesis.killAtWait();
		let secondIsDueMs = nemesis.secondPollStarts() ? -Infinity : (whileWaiting?.dueMs ?? Infinity);
		let die = () => {};
		const death = new Promise<Outcome>((resolve) => {
			die = () => resolve({ kind: 'killed' });
		});

		const meanwhile = async () => {
			waitsLeft--;
			if (waitsLeft <= 0) {
				die();
				await new Promise<never>(() => {});
			}
			if (!whileWaiting || time.server.now() < secondIsDueMs) return;
			secondIsDueMs = time.server.now() + whileWaiting.intervalMs;
			time.meanwhile = undefined;
			const second = await this.#poll(activation, mode);
			if (second.kind === 'batch') whileWaiting.handOver(second.batch);
			time.meanwhile = meanwhile;
		};

		time.meanwhile = meanwhile;
		const outcome = await Promise.race([this.#poll(activation, mode), death]);
		time.meanwhile = undefined;
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
