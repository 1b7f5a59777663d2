/** A chain of pages that are fetched one after the other. */
export interface Chain<T> {
	/** Lets the next page be fetched while something else is done. */
	begin(): void;
	/** The next page, or `undefined` at the end. */
	next(): Promise<T | undefined>;
}

/** Opens a chain whose next page can be on its way while the one before is worked on. */
export function readAhead<T>(pages: AsyncIterable<T>): Chain<T> {
	const iterator = pages[Symbol.asyncIterator]();
	let begun: Promise<IteratorResult<T>> | undefined;
	return {
		begin: () => {
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
