import { describeRecord } from '../../nodes/Celonis/reading/pageContent';
import { findIdField } from './fields.mts';
import type { Findings } from './findings.mts';
import type { ReadRecord } from './logReader.mts';
import type { Sample } from './session.mts';

/** Compares what both versions of the Audit Log API send of one window. */
export function compareVersions(
	v2: Sample | undefined,
	v1: Sample | undefined,
	findings: Findings,
): void {
	if (!v2 || !v1) {
		findings.miss('too few records', 'audit.versions', 'audit.ids');
		return;
	}
	findings.see('audit.versions', compareRecords(v2.listing.records, v1.listing.records));
	const ids = [v2, v1].map(({ listing }) => listIds(listing.records));
	if (ids.some((each) => each === undefined)) findings.miss('not used here', 'audit.ids');
	else findings.see('audit.ids', ids[0] === ids[1] ? 'yes' : 'no');
}

function compareRecords(v2: readonly ReadRecord[], v1: readonly ReadRecord[]): string {
	const contents = [v2, v1].map((records) => listSorted(records, createContent(records)));
	if (contents[0] !== contents[1]) return 'other records';
	return listSorted(v2, toText) === listSorted(v1, toText) ? 'the same records' : 'other forms';
}

/** What a record means, apart from an ID that only one version may send. */
function createContent(records: readonly ReadRecord[]): (record: ReadRecord) => string {
	const idName = findIdField(records.map(({ record }) => record));
	if (idName === undefined) return ({ content }) => content;
	return ({ record }) => describeRecord({ ...record, [idName]: null });
}

const toText = ({ record }: ReadRecord): string => JSON.stringify(record);

function listIds(records: readonly ReadRecord[]): string | undefined {
	const name = findIdField(records.map(({ record }) => record));
	return name === undefined
		? undefined
		: listSorted(records, ({ record }) => JSON.stringify(record[name]));
}

const listSorted = (records: readonly ReadRecord[], describe: (record: ReadRecord) => string) =>
	records.map(describe).sort().join('\n');
