/**
 * Works through a list, several entries at once; the work on one may bring further ones, which come
 * next. After a failure nothing new is begun, and when all that was begun has ended, it is thrown.
 */
export async function runPool<T>(
	entries: readonly T[],
	atOnce: number,
	work: (entry: T) => Promise<readonly T[]>,
): Promise<void> {
	const rest = [...entries].reverse();
	const running = new Set<Promise<void>>();
	const failures: unknown[] = [];

	const begin = (entry: T) => {
		const job = work(entry)
			.then(
				(further) => void rest.push(...[...further].reverse()),
				(error: unknown) => void failures.push(error),
			)
			.finally(() => running.delete(job));
		running.add(job);
	};
	for (;;) {
		while (running.size < atOnce && rest.length > 0 && failures.length === 0) {
			begin(rest.pop() as T);
		}
		if (running.size === 0) break;
		await Promise.race(running);
	}
	if (failures.length > 0) await Promise.reject(failures[0]);
}
