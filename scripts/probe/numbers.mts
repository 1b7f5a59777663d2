import type { Listing, ProbeWindow } from './logReader.mts';
import { getEmptyForm, readPage } from './page.mts';
import { getFactId, type Examination } from './session.mts';

const SMALL_SIZE = 2;

/** What `totalCount` counts, in a window with a known number of records. */
export async function examineTotalCount(
	examination: Examination,
	window: ProbeWindow,
	count: number,
): Promise<void> {
	const { reader, findings, step } = examination;
	step('totalCount');
	const fact = getFactId(examination, 'totalCount');
	const page = readPage(await reader.request(window, SMALL_SIZE));
	// With fewer records, as many pages as records.
	if (count <= SMALL_SIZE || !page || page.records.length === 0) {
		findings.miss('too few records', fact);
		return;
	}
	const { totalCount } = page.fields;
	const pages = Math.ceil(count / page.records.length);
	findings.see(fact, describeTotal(totalCount, count, pages));
}

function describeTotal(total: unknown, records: number, pages: number): string {
	if (total === undefined || total === null) return 'missing';
	if (typeof total === 'string') return Number(total) === records ? 'text' : 'other';
	if (total === records) return 'records';
	return total === pages ? 'pages' : 'other';
}

/** What the page after the last one is like: a listing by page numbers ends with it. */
export function describeEnd(examination: Examination, listing: Listing): void {
	const { findings } = examination;
	const fact = getFactId(examination, 'beyondEnd');
	const form = getEmptyForm(listing.lastAnswer);
	if (listing.isComplete && form !== 'other') findings.see(fact, form);
}
