import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	CATEGORIES,
	EVENT_NAMES,
	getCategory,
} from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { ECS_VERSION } from '../../../../../nodes/Celonis/output/ecs';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { formatEcs } from '../../../../../nodes/Celonis/sources/auditLog/output/ecs';
import { formatOcsf } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsf';
import { createRecordGenerator, unpublishedEventNames } from '../../../../celonis/records.mts';
import { ECS_VERSION as PUBLISHED_ECS_VERSION, findEcsProblems } from '../../../../schemas/ecs.mts';
import { findOcsfProblems } from '../../../../schemas/ocsf.mts';
import { createEvent } from '../../../../support/events.mts';
import { goodRecords } from '../../../../fuzz/inputs.mts';
import { baseRecord, quirks } from './quirks.mts';

const oneNameOfEachCategory = CATEGORIES.map((category) =>
	EVENT_NAMES.find((name) => getCategory(name) === category),
);
const names = [...EVENT_NAMES, ...unpublishedEventNames, 'DATA_POOL_TELEPORTED', '', undefined, 7];

const formats = [
	['ECS', formatEcs, (document: Record<string, unknown>) => findEcsProblems(document)],
	['OCSF', formatOcsf, findOcsfProblems],
] as const;

describe.each(formats)('%s', (_, format, findProblems) => {
	const findProblemsWith = (event: unknown, changes: Readonly<Record<string, unknown>>) =>
		findProblems(format(createEvent(auditLog, { ...baseRecord, event, ...changes }))).map(
			(problem) => `${event}: ${problem}`,
		);

	it('is valid for every documented event, and for others', () => {
		expect(names.flatMap((event) => findProblemsWith(event, {}))).toEqual([]);
	});

	it.each(quirks)('is valid for an event of each category with %s', (_quirk, changes) => {
		expect(oneNameOfEachCategory.flatMap((event) => findProblemsWith(event, changes))).toEqual([]);
	});

	it('is valid for any event with any two quirks', () => {
		const changes = fc.constantFrom(...quirks.map(([, fields]) => fields));
		fc.assert(
			fc.property(fc.constantFrom(...names), changes, changes, (event, first, second) => {
				const problems = findProblemsWith(event, { ...first, ...second });
				if (problems.length > 0) throw new Error(problems.join('\n'));
			}),
			{ numRuns: 250 },
		);
	});

	it('is valid for any record', () => {
		const generated = fc
			.tuple(
				fc.integer({ min: 1, max: 1_000_000 }),
				fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }),
			)
			.map(([seed, date]) => ({ ...createRecordGenerator(seed)(date.getTime()) }));
		const raws = fc.oneof(generated, goodRecords);
		fc.assert(
			fc.property(raws, (raw) => {
				const problems = findProblems(format(createEvent(auditLog, raw)));
				if (problems.length > 0) throw new Error(problems.join('\n'));
			}),
			{ numRuns: 250 },
		);
	});
});

describe('ECS', () => {
	it('has the version of the published schema', () => {
		expect(ECS_VERSION).toBe(PUBLISHED_ECS_VERSION);
	});
});
