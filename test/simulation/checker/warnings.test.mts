import { describe, expect, it } from '@jest/globals';
import { checkWarnings, type LatenessWarning } from './warnings.mts';

const TEAM = 'team.example';
const AT_MS = Date.parse('2026-06-01T08:00:00Z');
const DAY_MS = 86_400_000;

const record = { event: 'LATE', timestamp: new Date(AT_MS).toISOString() };
const emission = {
	json: JSON.stringify(record),
	timestampMs: AT_MS,
	visibleFromMs: AT_MS + 40_000,
};

const createWarning = (changes: Partial<LatenessWarning> = {}): LatenessWarning => ({
	team: TEAM,
	atMs: AT_MS + 50_000,
	processId: 'one',
	latenessMs: 40_000,
	lookbackMs: 60_000,
	records: [record],
	...changes,
});

const judge = (...warnings: LatenessWarning[]) =>
	checkWarnings(warnings, [{ host: TEAM, emissions: [emission] }]).map(({ content }) => content);

describe('checkWarnings', () => {
	it('finds nothing if an event was as late', () => {
		expect(judge(createWarning(), createWarning({ atMs: AT_MS + 2 * DAY_MS }))).toEqual([]);
	});

	it('finds a warning of more than any event of the poll was late', () => {
		expect(judge(createWarning({ latenessMs: 40_001 }))).toEqual([
			'a warning of late events of 40001 ms, true are 40000 ms',
		]);
		expect(judge(createWarning({ records: [] }))).toHaveLength(1);
		expect(judge(createWarning({ team: 'other.example' }))).toHaveLength(1);
	});

	it('finds a warning of events that are not late', () => {
		expect(judge(createWarning({ latenessMs: 30_000 }))).toEqual([
			'a warning of late events that are not late',
		]);
	});

	it('finds a second warning of a process within a day', () => {
		const second = createWarning({ atMs: AT_MS + DAY_MS });
		expect(judge(createWarning(), second)).toEqual(['a warning of late events twice a day']);
		expect(judge(createWarning(), { ...second, processId: 'two' })).toEqual([]);
	});
});
