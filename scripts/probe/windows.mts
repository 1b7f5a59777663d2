import { getStepMs, writeWindow } from './forms.mts';
import { toReadRecord, type ProbeWindow, type ReadRecord } from './logReader.mts';
import { getEmptyForm, isRefusal, readPage } from './page.mts';
import { orderWords } from './seen.mts';
import { EMPTY_WINDOW, getFactId, type Examination, type Sample } from './session.mts';
import { DATE_FORMS, type DateForm } from './words.mts';

/** More records than any second has, as far as it matters here. */
const PAGE_SIZE = 10;
const LIMITS = { maxPages: 3, stopsAtRecords: true };

/** Asks from and to the very time of a known record. */
export async function examineBounds(examination: Examination, sample: Sample): Promise<void> {
	const { reader, findings, step } = examination;
	const bounds = [getFactId(examination, 'fromBound'), getFactId(examination, 'toBound')] as const;
	const stepMs = getStepMs(reader.form);
	const known = selectRecord(sample, stepMs);
	if (!known) {
		findings.miss('too few records', ...bounds);
		return;
	}
	const ms = known.exactMs!;
	const windows: readonly ProbeWindow[] = [
		{ fromMs: ms, toMs: ms + stepMs },
		{ fromMs: ms - stepMs, toMs: ms },
	];
	for (const [index, window] of windows.entries()) {
		step(index === 0 ? "is 'from' inclusive" : "is 'to' inclusive");
		const { pages, records } = await reader.list(window, PAGE_SIZE, LIMITS);
		const isIncluded = records.some(({ content }) => content === known.content);
		if (pages.length === 0) findings.miss('not clear', bounds[index]!);
		else findings.see(bounds[index]!, isIncluded ? 'inclusive' : 'exclusive');
	}
}

/** The newest record of its own step whose time the form of dates can express. */
function selectRecord({ dated }: Sample, stepMs: number): ReadRecord | undefined {
	const stepOf = ({ exactMs }: ReadRecord) => Math.floor(exactMs! / stepMs);
	return dated.findLast((record, i) => {
		const isAlone = [dated[i - 1], dated[i + 1]].every(
			(other) => other === undefined || stepOf(other) !== stepOf(record),
		);
		return record.exactMs! % stepMs === 0 && isAlone;
	});
}

/** Asks with each form of dates, around the time of a known record. */
export async function examineDateForms(
	examination: Examination,
	known: ReadRecord | undefined,
	forms: readonly DateForm[],
): Promise<void> {
	const { reader, findings, step } = examination;
	const taken = new Set<DateForm>([reader.form]);
	const ms = known?.exactMs;
	for (const form of forms) {
		const isZoneless = form === 'yyyy-MM-ddTHH:mm:ss';
		if (taken.has(form) && !isZoneless) continue;
		step(`dates as ${form}`);
		const window = ms === undefined ? EMPTY_WINDOW : { fromMs: ms - 1, toMs: ms + 1 };
		const answer = await reader.requestQuery({
			...writeWindow(window, form),
			...reader.size(PAGE_SIZE),
		});
		const page = readPage(answer);
		if (!page) continue;
		taken.add(form);
		if (!isZoneless || !known || page.token !== undefined) continue;
		const isUtc = page.records.some((record) => toReadRecord(record).content === known.content);
		if (!isUtc && page.records.length >= PAGE_SIZE) continue;
		findings.see(getFactId(examination, 'dateWithoutZone'), isUtc ? 'UTC' : 'not UTC');
		if (reader.form === form) reader.isZoneUnknown = !isUtc;
	}
	findings.see(getFactId(examination, 'dateForms'), orderWords(DATE_FORMS, taken));
	findings.miss('not clear', getFactId(examination, 'dateWithoutZone'));
}

/** Asks for a window without records. */
export async function examineEmptyWindow(examination: Examination): Promise<void> {
	const { reader, findings, step } = examination;
	step('an empty window');
	const { lastAnswer } = await reader.list(EMPTY_WINDOW, PAGE_SIZE, { maxPages: 3 });
	findings.see(getFactId(examination, 'empty'), getEmptyForm(lastAnswer));
}

/** Asks for what makes no sense, and with what the API does not know. */
export async function examineOddRequests(examination: Examination): Promise<void> {
	const { reader, findings, step } = examination;
	step("'from' after 'to'");
	const reversed = { fromMs: EMPTY_WINDOW.toMs, toMs: EMPTY_WINDOW.fromMs };
	const answer = await reader.request(reversed, PAGE_SIZE);
	const isEmpty = readPage(answer)?.records.length === 0;
	const form = isRefusal(answer) ? 'refused' : isEmpty ? 'empty' : 'other';
	findings.see(getFactId(examination, 'reversed'), form);

	step('an unknown parameter');
	const unknown = await reader.request(EMPTY_WINDOW, PAGE_SIZE, { probe: 1 });
	if (isRefusal(unknown)) findings.see(getFactId(examination, 'unknownParameter'), 'refused');
	else if (readPage(unknown)) findings.see(getFactId(examination, 'unknownParameter'), 'ignored');
	else findings.miss('not clear', getFactId(examination, 'unknownParameter'));
}
