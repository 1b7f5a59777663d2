/** n8n's settings for its two ways of polling. */

/** What n8n 2.41 does by default. */
export const inMemoryEngine: Record<string, string> = {};

/** Polls are jobs in the database; cursor and execution are stored together. */
export const durableEngine: Record<string, string> = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
};
