import { describeFields, isObject } from './fields.mts';
import type { Listing, ProbeWindow, ReadRecord } from './logReader.mts';
import { DAY_MS, getFactId, type Examination, type Sample } from './session.mts';
import { DATE_FORMS } from './words.mts';

/** How far back the first request looks; the next ones, if there is nothing; at last everything. */
const SPANS_MS = [7 * DAY_MS, 90 * DAY_MS, undefined];

const MAX_EMPTY_PAGES = 3;

/**
 * Reads the first page of a log that has records, and notes whether the log is readable. `undefined`: it
 * is not.
 */
export async function readBase(
	examination: Examination,
	nowMs: number,
): Promise<{ window: ProbeWindow; listing: Listing } | undefined> {
	const { reader, findings, step } = examination;
	step('may it be read');
	const limits = { maxPages: MAX_EMPTY_PAGES, stopsAtRecords: true };
	let read: { window: ProbeWindow; listing: Listing } | undefined;
	for (const spanMs of SPANS_MS) {
		const window = spanMs === undefined ? {} : { fromMs: nowMs - spanMs };
		let listing = await reader.list(window, undefined, limits);
		for (const form of DATE_FORMS.slice(1, 3)) {
			if (listing.lastAnswer.status !== 400 || read) break;
			reader.form = form;
			listing = await reader.list(window, undefined, limits);
		}
		if (listing.pages.length === 0) {
			if (read) break;
			const { access } = listing.lastAnswer;
			findings.see(getFactId(examination, 'access'), access === 'ok' ? 'no page' : access);
			return undefined;
		}
		read = { window, listing };
		if (listing.records.length > 0) break;
	}
	findings.see(getFactId(examination, 'access'), read!.listing.records.length > 0 ? 'ok' : 'empty');
	return read;
}

const MAX_SAMPLE = 30;
const MIN_SAMPLE = 3;

/** Records that are this new may still get company. */
const SETTLE_MS = 2 * 60_000;
const MAX_SAMPLE_PAGES = 5;

/** Some known records and all others of their window; `undefined`: there are too few. */
export async function readSample(
	{ reader, step }: Examination,
	records: readonly ReadRecord[],
	size: number | undefined,
	nowMs: number,
): Promise<Sample | undefined> {
	step('a window of known records');
	const known = selectSettled(records, nowMs);
	if (known.length < MIN_SAMPLE) return undefined;
	const newest = known.slice(-MAX_SAMPLE);
	const window = { fromMs: newest[0]!.exactMs! - 1, toMs: newest.at(-1)!.exactMs! + 1 };
	return await readWindow(reader, window, size);
}

/** All records of a window, as a sample; `undefined`: too few, or too many. */
export async function readWindow(
	reader: Examination['reader'],
	window: ProbeWindow,
	size: number | undefined,
): Promise<Sample | undefined> {
	const listing = await reader.list(window, size, { maxPages: MAX_SAMPLE_PAGES });
	const dated = selectDated(listing.records);
	if (!listing.isComplete || dated.length < MIN_SAMPLE) return undefined;
	return { window, listing, dated };
}

/** Records with an exact time that is not quite new, oldest first. */
export function selectSettled(records: readonly ReadRecord[], nowMs: number): ReadRecord[] {
	return selectDated(records).filter(({ exactMs }) => exactMs! < nowMs - SETTLE_MS);
}

function selectDated(records: readonly ReadRecord[]): ReadRecord[] {
	return records
		.filter(({ exactMs }) => exactMs !== undefined)
		.sort((a, b) => a.exactMs! - b.exactMs!);
}

/** Notes the names of the list and of the fields. */
export function describeList(examination: Examination, listings: readonly Listing[]): void {
	const { findings } = examination;
	const pages = listings.flatMap((listing) => listing.pages).filter(({ fields }) => fields);
	const names = new Set(pages.map(({ listName }) => listName).filter((name) => name !== 'none'));
	const [name] = names;
	if (names.size === 1 && name !== undefined) findings.see(getFactId(examination, 'list'), name);
	const bodies = pages.map(({ fields }) => fields).filter((each) => Object.keys(each).length > 0);
	if (bodies.length > 0) findings.see(getFactId(examination, 'pageFields'), describeFields(bodies));
	const records = listings.flatMap((listing) => listing.records.map(({ record }) => record));
	if (records.length === 0) return;
	findings.see(getFactId(examination, 'recordFields'), describeFields(records));
	if (examination.reader.api.name === 'v1' || examination.reader.api.name === 'v2') {
		const messages = records.map(({ message }) => message).filter(isObject);
		findings.see(getFactId(examination, 'messageFields'), describeFields(messages));
	}
}
