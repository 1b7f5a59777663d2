import type { Paginator } from '../../../nodes/Celonis/reading/paginator';

/** Pages that take a unit of time each, on a clock that goes on when everybody waits for it. */
export function timed(pages: Paginator) {
	const waiting: Array<{ at: number; wake: () => void }> = [];
	let now = 0;
	let most = 0;
	const wait = async () =>
		await new Promise<void>((wake) => {
			waiting.push({ at: now + 1, wake });
			most = Math.max(most, waiting.length);
		});

	const timedPages: Paginator = async function* (request) {
		const chain = pages(request)[Symbol.asyncIterator]();
		for (;;) {
			await wait();
			const next = await chain.next();
			if (next.done) return;
			yield next.value;
			if (next.value.isLast) return;
		}
	};
	/** Lets time go by until the work is done; tells how long it took, in units. */
	const run = async <T,>(work: Promise<T>) => {
		let isDone = false;
		const result = work.finally(() => (isDone = true));
		result.catch(() => undefined);
		while (!isDone) {
			await new Promise((resolve) => setImmediate(resolve));
			const [first] = waiting.sort((a, b) => a.at - b.at);
			if (isDone || !first) continue;
			now = first.at;
			for (const { wake } of waiting.splice(0).filter(({ at, wake: later }) => {
				if (at <= now) return true;
				waiting.push({ at, wake: later });
				return false;
			})) {
				wake();
			}
		}
		return { result: await result, took: now, most };
	};
	return { pages: timedPages, run };
}
