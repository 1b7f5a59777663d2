import type { PageRequest } from './paginator';
import type { NumberedListing } from './numberedListing';

/** What a window looked like when its pages were read before, although they seemed to have shifted. */
export class WindowReadings {
	/** The content of the last complete reading; empty if there is none. */
	readonly #contents = new Map<string, string>();
	#isCountIgnored = false;
	#isCountOfPages = false;
	#isCountMissing = false;

	/** Whether a count was wrong although two readings agreed: then no count means anything. */
	get isCountIgnored(): boolean {
		return this.#isCountIgnored;
	}

	/** Whether a window has shown that the count is one of pages. */
	get isCountOfPages(): boolean {
		return this.#isCountOfPages;
	}

	/** Whether some pages have no count, so that nothing shows whether parallel pages have shifted. */
	get isCountMissing(): boolean {
		return this.#isCountMissing;
	}

	/** From now on, pages are not read in parallel: some have no count. */
	missCount(): void {
		this.#isCountMissing = true;
	}

	/** From now on, no count means anything. */
	ignoreCount(): void {
		this.#isCountIgnored = true;
	}

	/**
	 * Whether a window has to be read again after this page. The first time, a shift ends the reading at
	 * once. Later, the window is read to its end: two complete readings with the same content are
	 * believed, since a count that is only estimated would never let a reading succeed.
	 */
	mustReadAgain(request: PageRequest, listing: NumberedListing): boolean {
		this.#isCountOfPages ||= listing.isCountOfPages;
		if (!listing.hasShifted) return false;
		const key = JSON.stringify([request.window, request.pageSize]);
		const before = this.#contents.get(key);
		if (!listing.isEnd) {
			if (before === undefined) this.#contents.set(key, '');
			return before === undefined;
		}
		this.#contents.set(key, listing.content);
		const isBelieved = before === listing.content && listing.isEndCredible;
		if (isBelieved && listing.isCountWrong) this.ignoreCount();
		return !isBelieved;
	}
}
