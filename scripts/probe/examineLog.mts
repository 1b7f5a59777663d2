import { describeList, readBase, readSample, readWindow, selectSettled } from './base.mts';
import type { ProbeClock } from './client.mts';
import type { Listing, ProbeWindow } from './logReader.mts';
import { describeEnd, examineTotalCount } from './numbers.mts';
import { examinePageSizes } from './pageSizes.mts';
import { describeRecords } from './records.mts';
import { getFactId, type Examination, type Sample } from './session.mts';
import { describeLastToken, TokenExamination } from './tokens.mts';
import {
	examineBounds,
	examineDateForms,
	examineEmptyWindow,
	examineOddRequests,
} from './windows.mts';
import { DATE_FORMS, type DateForm } from './words.mts';

/** What later parts of a probe need of a log. */
export interface ExaminedLog {
	readonly examination: Examination;
	readonly size: number | undefined;
	readonly sample: Sample | undefined;
	readonly tokens: TokenExamination | undefined;
}

/** Forms of dates to try. Each costs a request. */
const TRIED_FORMS: Readonly<Record<string, readonly DateForm[]>> = {
	v2: DATE_FORMS,
	v1: [DATE_FORMS[0], DATE_FORMS[2]],
	logins: [DATE_FORMS[0], DATE_FORMS[2]],
};

/**
 * Examines a log. With a window, its records are the sample, so that two versions can be compared.
 * `undefined`: it cannot be read.
 */
export async function examineLog(
	examination: Examination,
	clock: ProbeClock,
	nowMs: number,
	knownWindow?: ProbeWindow,
): Promise<ExaminedLog | undefined> {
	const { reader, findings } = examination;
	const { name } = reader.api;
	const base = await readBase(examination, nowMs);
	if (!base) {
		findings.missOthers('not readable', `${name}.`);
		return undefined;
	}
	const listings: Listing[] = [base.listing];
	describe(examination, listings);
	const size = await examinePageSizes(examination, base.window);
	const known = selectSettled(base.listing.records, nowMs).at(-1);
	await examineDateForms(examination, known, TRIED_FORMS[name]!);
	if (reader.isZoneUnknown)
		findings.miss('not clear', ...ZONE_FACTS.map((fact) => `${name}.${fact}`));
	const sample = await readKnown(examination, base.listing, { size, nowMs, knownWindow });
	if (sample) {
		listings.push(sample.listing);
		describe(examination, listings);
		await examineBounds(examination, sample);
	}
	await examineEmptyWindow(examination);
	if (name !== 'logins') await examineOddRequests(examination);
	const tokens =
		name === 'v2'
			? await examineTokens(examination, sample, listings, clock)
			: await examineNumbers(examination, sample);
	findings.missOthers('too few records', `${name}.`, UNTIL_LATER);
	return { examination, size, sample, tokens };
}

/** What cannot be told if windows are shifted. */
const ZONE_FACTS = ['fromBound', 'toBound', 'lateness', 'late', 'watched'];

/** Known records, unless their window cannot be asked for. */
async function readKnown(
	examination: Examination,
	{ records }: Listing,
	{ size, nowMs, knownWindow }: { size?: number; nowMs: number; knownWindow?: ProbeWindow },
): Promise<Sample | undefined> {
	const { reader } = examination;
	if (reader.isZoneUnknown) return undefined;
	return knownWindow
		? await readWindow(reader, knownWindow, size)
		: await readSample(examination, records, size, nowMs);
}

/** Found by a watch, or at the end. */
const UNTIL_LATER = [
	'lateness',
	'late',
	'watched',
	'tokenLife',
	'tokenUsableSeconds',
	'expiredStatus',
];

function describe(examination: Examination, listings: readonly Listing[]): void {
	describeList(examination, listings);
	describeRecords(examination, listings);
}

async function examineTokens(
	examination: Examination,
	sample: Sample | undefined,
	listings: readonly Listing[],
	clock: ProbeClock,
): Promise<TokenExamination | undefined> {
	const { findings } = examination;
	const pages = listings.flatMap((listing) => listing.pages);
	const hasEmpty = pages.some(({ records, token }) => records.length === 0 && token !== undefined);
	findings.see(getFactId(examination, 'emptyPages'), hasEmpty ? 'yes' : 'no');
	const lastPage = listings.findLast(({ isComplete }) => isComplete)?.pages.at(-1);
	const last = lastPage && describeLastToken(lastPage);
	if (last) findings.see(getFactId(examination, 'lastToken'), last);
	if (!sample) return undefined;
	const tokens = new TokenExamination(examination, sample, clock);
	await tokens.examine();
	return tokens;
}

async function examineNumbers(
	examination: Examination,
	sample: Sample | undefined,
): Promise<undefined> {
	if (!sample) return;
	describeEnd(examination, sample.listing);
	await examineTotalCount(examination, sample.window, sample.listing.records.length);
}
