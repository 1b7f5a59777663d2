import type { Listing, ProbeWindow } from './logReader.mts';
import { isRefusal, readPage } from './page.mts';
import { EMPTY_WINDOW, getFactId, type Examination } from './session.mts';

const SMALLER_SIZES = [200, 100, 50, 10];
const SMALL_SIZE = 2;
const LIMITS = { maxPages: 3, stopsAtRecords: true };

/** What is known of a list before its page sizes are examined. */
export interface KnownPages {
	/** How many records there are at most. */
	readonly total?: number;
	/** The list on pages of the maximum size. */
	readonly full?: Listing;
}

/** Finds the largest page size that is taken, and whether it is obeyed. Returns that size. */
export async function examinePageSizes(
	examination: Examination,
	window: ProbeWindow,
	{ total = Infinity, full: known }: KnownPages = {},
): Promise<number | undefined> {
	const { reader, findings, step } = examination;
	step('page sizes');
	const { maxPageSize } = reader.api;
	const large = known ?? (await reader.list(window, maxPageSize, LIMITS));
	const isLargeTaken = large.pages.length > 0;
	const size = isLargeTaken ? maxPageSize : await findSmallerSize(examination);
	if (size === undefined) {
		findings.miss('not clear', ...SIZE_FACTS.map((name) => getFactId(examination, name)));
		return undefined;
	}
	const largest = (await isTaken(examination, size + 1)) ? size + 1 : size;
	findings.see(getFactId(examination, 'maxPageSize'), largest);

	const full = isLargeTaken ? large : await reader.list(window, size, LIMITS);
	const small = await reader.list(window, SMALL_SIZE, LIMITS);
	if (small.records.length > SMALL_SIZE)
		findings.see(getFactId(examination, 'pageSize'), 'ignored');
	else {
		const isCut = full.records.length < Math.min(size, total);
		const isCapped = isCut && (await hasMore(examination, window, size, full));
		describeSizes(examination, isCapped ? full.records.length : undefined, small);
	}
	findings.miss('not used here', getFactId(examination, 'cappedAt'));
	return size;
}

const SIZE_FACTS = ['maxPageSize', 'pageSize', 'cappedAt'];

async function findSmallerSize(examination: Examination): Promise<number | undefined> {
	const { maxPageSize } = examination.reader.api;
	for (const size of SMALLER_SIZES.filter((each) => each < maxPageSize)) {
		if (await isTaken(examination, size)) return size;
	}
	return undefined;
}

async function isTaken({ reader }: Examination, size: number): Promise<boolean> {
	const window = reader.api.name === 'members' ? {} : EMPTY_WINDOW;
	const answer = await reader.request(window, size);
	return !isRefusal(answer) && readPage(answer) !== undefined;
}

function describeSizes(
	examination: Examination,
	cappedAt: number | undefined,
	small: Listing,
): void {
	const { findings } = examination;
	const fact = getFactId(examination, 'pageSize');
	if (cappedAt !== undefined) {
		findings.see(fact, 'capped');
		findings.see(getFactId(examination, 'cappedAt'), cappedAt);
	} else if (small.records.length === SMALL_SIZE) findings.see(fact, 'obeyed');
	else findings.miss('too few records', fact);
}

/** Whether there are records after a page that has fewer than requested. */
async function hasMore(
	{ reader }: Examination,
	window: ProbeWindow,
	size: number,
	{ pages }: Listing,
): Promise<boolean> {
	if (pages.every(({ records }) => records.length === 0)) return false;
	if (reader.api.name === 'v2') return pages.at(-1)?.token !== undefined;
	const next = readPage(await reader.request(window, size, { pageNumber: 1 }));
	return (next?.records.length ?? 0) > 0;
}
