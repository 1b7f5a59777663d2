import { poll } from '../../../nodes/Celonis/delivery/poll';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { Item } from '../history.mts';
import { createPorts, rightPorts } from '../n8n/ports.mts';
import { StaticData } from '../n8n/staticData.mts';
import type { Settings } from '../plan/settings.mts';

/** What is polled, and how. */
export interface ScalePollerOptions {
	readonly send: SendRequest;
	readonly settings: Settings;
	readonly now: () => number;
	/** Epoch milliseconds; from now on where it is not given. */
	readonly startMs?: number;
	readonly pageSize: number;
}

/** The trigger's poll in one process, with the state of a durable engine between polls. */
export class ScalePoller {
	readonly #memory = rightPorts.createMemory('scale');
	#saved: string | undefined;

	constructor(private readonly options: ScalePollerOptions) {}

	/** One poll, and what it delivers. */
	async poll(budgetMs: number): Promise<readonly Item[]> {
		const { send, settings, now, startMs, pageSize } = this.options;
		const staticData = new StaticData(this.#saved);
		const items = await poll(
			createPorts(rightPorts, {
				sourceName: 'auditLog',
				settings,
				startMs,
				mode: 'update',
				memory: this.#memory,
				staticData: staticData.data,
				clock: { now, sleep: async () => {}, createTimeout: () => new AbortController().signal },
				deadlineMs: now() + budgetMs,
				connection: { api: 'auditLog', send },
				pageSize,
				failsToDeliver: () => false,
			}),
		);
		this.#saved = staticData.save();
		return items;
	}

	/** The size of the state that n8n keeps, in bytes. */
	get stateBytes(): number {
		return Buffer.byteLength(this.#saved ?? '');
	}
}
