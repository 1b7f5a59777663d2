import { isAtLeast } from './n8nCapabilities.mts';

/** n8n's settings of its two poll engines. */

/** n8n's default. */
export const inMemoryEngine: Record<string, string> = {};

/** Polls are jobs in the database; cursor and execution are saved together. */
export const durableEngine: Record<string, string> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** The poll engines of a version of n8n, by name. */
export function getEngines(version: string): Record<string, Record<string, string>> {
	return {
		'in memory': inMemoryEngine,
		// 2.36 is the first that has all three settings of the durable engine.
		...(isAtLeast(version, 2, 36) ? { 'durable scheduler': durableEngine } : {}),
	};
}
