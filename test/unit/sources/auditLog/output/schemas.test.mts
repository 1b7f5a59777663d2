import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { EVENT_NAMES } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { ECS_VERSION } from '../../../../../nodes/Celonis/output/ecs';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { toEcs } from '../../../../../nodes/Celonis/sources/auditLog/output/ecs';
import { toOcsf } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsf';
import { assignEventIds, type LogEvent } from '../../../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../../../nodes/Celonis/records/record';
import { recordGenerator, unpublishedEventNames } from '../../../../celonis/records.mts';
import { ECS_VERSION as PUBLISHED_ECS_VERSION, ecsProblems } from '../../../../schemas/ecs.mts';
import { ocsfProblems } from '../../../../schemas/ocsf.mts';
import { goodRecords } from '../../../../fuzz/inputs.mts';
import { quirks } from './quirks.mts';

const usual = {
	userId: 'u-1 (ada@example.com)',
	userRole: 'ADMIN',
	timestamp: '2026-02-02T14:52:10.903Z',
	message: { id: 'i-1', name: 'Name' },
	ipAddress: '203.0.113.7',
	port: '443',
	diffPayload: null,
};
const names = [...EVENT_NAMES, ...unpublishedEventNames, 'DATA_POOL_TELEPORTED', '', undefined, 7];

function eventOf(raw: Record<string, unknown>): LogEvent {
	const record = parseRecord(JSON.parse(JSON.stringify(raw)));
	if (typeof record === 'string') throw new Error(record);
	return assignEventIds([record], auditLog.identityFields)[0]!;
}

const formats = [
	['ECS', toEcs, (document: Record<string, unknown>) => ecsProblems(document)],
	['OCSF', toOcsf, ocsfProblems],
] as const;

describe.each(formats)('%s', (_, format, problemsOf) => {
	it.each(quirks)('takes every documented event, and others, with %s', (_quirk, changes) => {
		const problems = names.flatMap((event) => {
			const found = problemsOf(format(eventOf({ ...usual, event, ...changes })));
			return found.map((problem) => `${event}: ${problem}`);
		});
		expect(problems).toEqual([]);
	});

	it('takes whatever the log may hold', () => {
		const generated = fc
			.tuple(
				fc.integer({ min: 1, max: 1_000_000 }),
				fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
			)
			.map(([seed, date]) => ({ ...recordGenerator(seed)(date.getTime()) }));
		const raws = fc.oneof(generated, goodRecords);
		fc.assert(
			fc.property(raws, (raw) => {
				expect(problemsOf(format(eventOf(raw)))).toEqual([]);
			}),
			{ numRuns: 1000 },
		);
	});
});

describe('ECS', () => {
	it('is written in the version that it is held against', () => {
		expect(ECS_VERSION).toBe(PUBLISHED_ECS_VERSION);
	});
});
