/** Values that come one after the other, the next of which can be requested in advance. */
export interface Prefetcher<T> {
	/** Requests the next value while something else is done. */
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
			// A failure is handled by whoever asks for the value.
			started.catch(() => undefined);
		},
		next: async () => {
			const { done, value } = await (started ?? iterator.next());
			started = undefined;
			return done ? undefined : value;
		},
	};
}
