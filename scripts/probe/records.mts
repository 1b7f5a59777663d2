import { findIdField } from './fields.mts';
import { getTimestampForm } from './forms.mts';
import type { Listing } from './logReader.mts';
import { orderWords } from './seen.mts';
import { getFactId, type Examination } from './session.mts';
import { TIMESTAMP_FORMS } from './words.mts';

/** Notes what the records of a log show: IDs, timestamps, order. */
export function describeRecords(examination: Examination, listings: readonly Listing[]): void {
	const { findings } = examination;
	const records = listings.flatMap((listing) => listing.records);
	if (records.length === 0) return;
	findings.see(getFactId(examination, 'id'), describeIds(listings));
	const forms = new Set(records.map(({ record }) => getTimestampForm(record.timestamp)));
	findings.see(getFactId(examination, 'timestamps'), orderWords(TIMESTAMP_FORMS, forms));
	const order = findOrder(listings);
	if (order === undefined) findings.miss('too few records', getFactId(examination, 'order'));
	else findings.see(getFactId(examination, 'order'), order);
}

function describeIds(listings: readonly Listing[]): string {
	const all = listings.flatMap(({ records }) => records.map(({ record }) => record));
	const name = findIdField(all);
	if (name === undefined) return 'none';
	if (all.some((record) => record[name] === undefined || record[name] === null)) {
		return 'sometimes missing';
	}
	const isUnique = listings.every(({ records }) => {
		const ids = records.map(({ record }) => JSON.stringify(record[name]));
		return new Set(ids).size === ids.length;
	});
	return isUnique ? 'unique' : 'not unique';
}

/** With fewer pairs of neighbours that differ, an order may be a coincidence. */
const MIN_PAIRS = 3;

function findOrder(listings: readonly Listing[]): string | undefined {
	let later = 0;
	let earlier = 0;
	for (const { records } of listings) {
		const times = records.flatMap(({ ms }) => (ms === undefined ? [] : [ms]));
		times.forEach((ms, i) => {
			const before = times[i - 1] ?? ms;
			if (ms > before) later++;
			if (ms < before) earlier++;
		});
	}
	if (later + earlier < MIN_PAIRS) return undefined;
	if (later > 0 && earlier > 0) return 'none';
	return later > 0 ? 'oldest first' : 'newest first';
}
