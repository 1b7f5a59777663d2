/** A chain of pages that are fetched one after the other. */
export interface Prefetcher<T> {
	/** Lets the next page be fetched while something else is done. */
	start(): void;
	/** The next page, or `undefined` at the end. */
	next(): Promise<T | undefined>;
}

/** Opens a chain whose next page can be on its way while the one before is worked on. */
export function prefetch<T>(pages: AsyncIterable<T>): Prefetcher<T> {
	const iterator = pages[Symbol.asyncIterator]();
	let begun: Promise<IteratorResult<T>> | undefined;
	return {
		start: () => {
			begun ??= iterator.next();
			// It is looked at when it is asked for.
			begun.catch(() => undefined);
		},
		next: async () => {
			const { done, value } = await (begun ?? iterator.next());
			begun = undefined;
			return done ? undefined : value;
		},
	};
}
