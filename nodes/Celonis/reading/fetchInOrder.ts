/** How many parts may be started and not yet yielded, for each request that may be in flight. */
const MAX_AHEAD = 3;

/**
 * Fetches parts in parallel, as long as there is a next one, and yields them in order. At most
 * `getConcurrency()` requests are in flight: none is started while that is 0, and none is in flight once
 * the consumer has stopped.
 */
export async function* fetchInOrder<T>(
	hasNext: () => boolean,
	fetchNext: () => Promise<T>,
	getConcurrency: () => number,
): AsyncGenerator<T, void, undefined> {
	const started: Array<Promise<T>> = [];
	let inFlight = 0;
	let isStopped = false;
	const fill = () => {
		const concurrency = getConcurrency();
		const canStart = () => inFlight < concurrency && started.length < concurrency * MAX_AHEAD;
		while (!isStopped && canStart() && hasNext()) {
			inFlight++;
			const part = fetchNext().finally(() => inFlight--);
			started.push(part);
			// Whoever consumes this part gets the error; until then, no other one is started.
			part.then(fill, () => (isStopped = true));
		}
	};
	try {
		for (fill(); started.length > 0; fill()) {
			const part = await started[0]!;
			started.shift();
			yield part;
		}
	} finally {
		isStopped = true;
		await Promise.allSettled(started);
	}
}
