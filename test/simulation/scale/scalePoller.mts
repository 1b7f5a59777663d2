import { poll } from '../../../nodes/Celonis/delivery/poll';
import type { SendRequest } from '../../../nodes/Celonis/http/request';
import type { Item } from '../history.mts';
import { createPorts, realPorts } from '../n8n/ports.mts';
import { StaticData } from '../n8n/staticData.mts';
import type { Settings } from '../plan/settings.mts';

/** What to poll, and with which settings. */
export interface ScalePollerOptions {
	readonly send: SendRequest;
	readonly settings: Settings;
	readonly now: () => number;
	/** Epoch milliseconds; now by default. */
	readonly startMs?: number;
	readonly pageSize: number;
}

/** The trigger's poll in one process, with the state of a durable engine between polls. */
export class ScalePoller {
	readonly #memory = realPorts.createMemory('scale');
	#saved: string | undefined;

	constructor(private readonly options: ScalePollerOptions) {}

	/** Runs one poll and returns the delivered items. */
	async poll(budgetMs: number): Promise<readonly Item[]> {
		const { send, settings, now, startMs, pageSize } = this.options;
		const staticData = new StaticData(this.#saved);
		const items = await poll(
			createPorts(realPorts, {
				sourceName: 'auditLog',
				settings,
				startMs,
				mode: 'update',
				memory: this.#memory,
				staticData: staticData.data,
				clock: {
					now,
					wallNow: now,
					sleep: async () => {},
					createTimeout: () => new AbortController().signal,
				},
				deadlineMs: now() + budgetMs,
				connection: { api: 'auditLog', team: 'team.example', send },
				pageSize,
				failsToDeliver: () => false,
			}),
		);
		this.#saved = staticData.save();
		return items;
	}

	/** The size of the state that n8n stores. */
	get stateBytes(): number {
		return Buffer.byteLength(this.#saved ?? '');
	}
}
