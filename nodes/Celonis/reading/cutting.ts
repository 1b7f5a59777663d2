import type { TimeWindow } from '../audit/window';

/** So many that the last page of a slice, half empty on average, does not count. */
export const PAGES_A_SLICE = 12;

/** What the first page of a window tells about all of it. */
export interface FirstPage {
	/** How many records it has, those beyond the window too. */
	readonly records: number;
	/** How many the window has in all, where the API counts them. */
	readonly total?: number;
	/** When its records in the window happened, in epoch milliseconds. */
	readonly times: readonly number[];
}

/**
 * How many pages a window is likely to have: as counted by the API, else as many as pages of this
 * span of time fit into it. A page that spans most of the window, as where the server has no order,
 * does not tell.
 */
export function pagesTold({ fromMs, toMs }: TimeWindow, page: FirstPage): number | undefined {
	if (page.total !== undefined) return page.total / Math.max(1, page.records);
	if (page.times.length === 0) return undefined;
	const pages = (toMs - fromMs) / spanOf(page.times);
	return pages < 2 ? undefined : pages;
}

/** How many milliseconds some moments span; 1 where there are none. */
export function spanOf(times: readonly number[]): number {
	return times.length === 0 ? 1 : Math.max(...times) - Math.min(...times) + 1;
}

/**
 * Cuts a window of two milliseconds or more into parts, two at least and at most as many as given,
 * to be read at once. Of equal length, unless that makes for large parts: then short ones around the
 * first page and ever longer ones away from it, each by the same factor. A month that is quiet but
 * for its last day takes few parts so.
 */
export function cut(window: TimeWindow, page: FirstPage, most: number): TimeWindow[] {
	const { fromMs, toMs } = window;
	const expected = pagesTold(window, page) ?? PAGES_A_SLICE;
	const slices = expected / PAGES_A_SLICE;
	const atOnce = Math.min(most / 2, Math.ceil(expected));
	const count = Math.min(Math.max(2, atOnce, Math.ceil(slices)), most, toMs - fromMs);
	const factor = Math.max(1, slices ** (1 / count));
	// A count says nothing of where the records are.
	const isLarge = slices > count && page.total === undefined;
	const share = (part: number) =>
		isLarge ? (factor ** part - 1) / (factor ** count - 1) : part / count;
	const isNewest = toMs - Math.max(...page.times) <= Math.min(...page.times) - fromMs;
	const cutAt = (part: number) => {
		const fromFirstPage = isNewest ? 1 - share(count - part) : share(part);
		return fromMs + Math.round(fromFirstPage * (toMs - fromMs));
	};
	return Array.from({ length: count }, (_, part) => ({
		fromMs: cutAt(part),
		toMs: cutAt(part + 1),
	}));
}
