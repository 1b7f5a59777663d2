import { isAtLeast } from './n8nCapabilities.mts';

/** n8n's settings for its two ways of polling. */

/** What n8n does by default. */
export const inMemoryEngine: Record<string, string> = {};

/** Polls are jobs in the database; cursor and execution are stored together. */
export const durableEngine: Record<string, string> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};

/** The ways of polling that a version of n8n has, by name. */
export function enginesOf(version: string): Record<string, Record<string, string>> {
	return {
		'in memory': inMemoryEngine,
		// 2.36 is the first that has all three settings of the durable engine.
		...(isAtLeast(version, 2, 36) ? { 'durable scheduler': durableEngine } : {}),
	};
}
