/** A sequence of values, of which the next one can be requested in advance. */
export interface Prefetcher<T> {
	/** Requests the next value without waiting for it. */
	start(): void;
	/** The next value, or `undefined` at the end. */
	next(): Promise<T | undefined>;
}

/** Makes the next value of an iterable available in advance. */
export function prefetch<T>(values: AsyncIterable<T>): Prefetcher<T> {
	const iterator = values[Symbol.asyncIterator]();
	let started: Promise<IteratorResult<T>> | undefined;
	return {
		start: () => {
			started ??= iterator.next();
			// `next` throws the error.
			started.catch(() => undefined);
		},
		next: async () => {
			const { done, value } = await (started ?? iterator.next());
			started = undefined;
			return done ? undefined : value;
		},
	};
}
