import { describe, expect, it } from '@jest/globals';
import { FACTS } from '../../../scripts/probe/facts.mts';
import { Findings } from '../../../scripts/probe/findings.mts';
import { formatTable } from '../../../scripts/probe/format.mts';
import { checkReport, FORMAT, VERSION } from '../../../scripts/probe/report.mts';

/** A report that has seen two facts. */
function createReport() {
	const findings = new Findings();
	findings.see('v2.order', 'oldest first');
	findings.see('v2.recordFields', {
		names: Object.fromEntries(['event', 'message', 'port', 'user'].map((name) => [name, ['text']])),
		others: 2,
	});
	const head = { format: FORMAT, version: VERSION, credential: 'client', end: 'complete' };
	return checkReport({ ...head, requests: 3, watchedMinutes: 0, findings: findings.list() });
}

const getWidth = (table: string) => Math.max(...table.split('\n').map((line) => line.length));

describe('the table of a report', () => {
	it('has all columns where they fit', () => {
		const table = formatTable(createReport());
		expect(table).toMatch(/^fact +what +assumed +seen +verdict$/m);
		expect(table).toMatch(/^v2\.order +Order of records +newest first +oldest first +differs$/m);
		expect(formatTable(createReport(), getWidth(table) + 20)).toBe(table);
	});

	it.each([80, 100, 120])('fits into a terminal of %i columns', (width) => {
		const table = formatTable(createReport(), width);
		expect(getWidth(table)).toBeLessThanOrEqual(width);
		expect(table).toMatch(/^fact +seen +verdict$/m);
		expect(table).toMatch(/^v2\.order +oldest first \(assumed: newest first\) +differs$/m);
		const missing = FACTS.filter(({ id }) => !table.includes(`\n${id} `));
		expect(missing).toEqual([]);
	});
});
