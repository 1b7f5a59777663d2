const running = new Set<string>();

/**
 * Runs a poll unless one of the same node is still running, and then gives `null`. n8n's in-memory
 * engine starts a poll when its time has come, even if the one before still works on the same cursor.
 */
export async function withPollLock<T>(nodeKey: string, poll: () => Promise<T>): Promise<T | null> {
	if (running.has(nodeKey)) return null;
	running.add(nodeKey);
	try {
		return await poll();
	} finally {
		running.delete(nodeKey);
	}
}
