import type { Paginator } from '../../../nodes/Celonis/reading/paginator';

/**
 * A paginator whose pages take one unit of virtual time each. `run` lets time pass until its promise
 * settles.
 */
export function createTimedPaginator(paginate: Paginator) {
	const waiting: Array<{ atUnit: number; wake: () => void }> = [];
	let nowUnit = 0;
	let maxParallel = 0;
	const wait = async () =>
		await new Promise<void>((wake) => {
			waiting.push({ atUnit: nowUnit + 1, wake });
			maxParallel = Math.max(maxParallel, waiting.length);
		});

	const timedPaginator: Paginator = async function* (request) {
		const pages = paginate(request)[Symbol.asyncIterator]();
		for (;;) {
			await wait();
			const next = await pages.next();
			if (next.done) return;
			yield next.value;
			if (next.value.isLast) return;
		}
	};
	const run = async <T,>(work: Promise<T>) => {
		let isDone = false;
		const result = work.finally(() => (isDone = true));
		result.catch(() => undefined);
		while (!isDone) {
			await new Promise((resolve) => setImmediate(resolve));
			const [first] = waiting.sort((a, b) => a.atUnit - b.atUnit);
			if (isDone || !first) continue;
			nowUnit = first.atUnit;
			const due = waiting.filter(({ atUnit }) => atUnit <= nowUnit);
			waiting.splice(0, due.length);
			for (const { wake } of due) wake();
		}
		return { result: await result, units: nowUnit, maxParallel };
	};
	return { pages: timedPaginator, run };
}
