import { describeList } from './base.mts';
import { getTimestampForm } from './forms.mts';
import { isRefusal, readPage } from './page.mts';
import { describeEnd, examineTotalCount } from './numbers.mts';
import { examinePageSizes } from './pageSizes.mts';
import { orderWords } from './seen.mts';
import { getFactId, type Examination } from './session.mts';
import { TIMESTAMP_FORMS } from './words.mts';

const MAX_PAGES = 3;

/** Examines the list of members. */
export async function examineMembers(examination: Examination): Promise<void> {
	const { reader, findings, step } = examination;
	step('may it be read');
	const first = await reader.list({}, reader.api.maxPageSize, { maxPages: MAX_PAGES });
	const isFull = first.pages.length > 0 || first.lastAnswer.status !== 400;
	const listing = isFull ? first : await reader.list({}, undefined, { maxPages: MAX_PAGES });
	if (listing.pages.length === 0) {
		const { access } = listing.lastAnswer;
		findings.see('members.access', access === 'ok' ? 'no page' : access);
		findings.missOthers('not readable', 'members.');
		return;
	}
	findings.see('members.access', listing.records.length > 0 ? 'ok' : 'empty');
	describeList(examination, [listing]);
	const forms = new Set(listing.records.map(({ record }) => getTimestampForm(record.lastLogin)));
	if (forms.size > 0) findings.see('members.lastLogin', orderWords(TIMESTAMP_FORMS, forms));
	const total = listing.isComplete ? listing.records.length : undefined;
	// A page that is capped is only one of several.
	const full = listing.pages.length <= 2 ? first : undefined;
	await examinePageSizes(examination, {}, { total, ...(full && { full }) });
	if (total !== undefined) await examineTotalCount(examination, {}, total);
	describeEnd(examination, listing);
	step("without 'includeInternal'");
	const answer = await reader.requestQuery({ ...reader.size(10), includeInternal: undefined });
	const fact = getFactId(examination, 'includeInternal');
	if (isRefusal(answer)) findings.see(fact, 'refused');
	else if (readPage(answer)) findings.see(fact, 'taken');
	findings.missOthers('too few records', 'members.');
}
