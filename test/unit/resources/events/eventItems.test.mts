import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
	getEventIdPath,
	keepsRecords,
	OUTPUT_FORMATS,
} from '../../../../nodes/Celonis/output/items';
import { assignEventIds, type LogEvent } from '../../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../../nodes/Celonis/records/record';
import { createEventItems } from '../../../../nodes/Celonis/resources/events/eventItems';
import { auditLog } from '../../../../nodes/Celonis/sources/auditLog';
import { rawRecords } from '../../records/arbitraries.mts';

const FIELDS = [
	[],
	['timestamp', 'event'],
	['eventId', 'summary'],
	['event', 'metadata'],
	['event.id', '@timestamp', 'message'],
	['metadata.uid', 'time'],
	['eventId.x', 'event.id.x', 'metadata.uid.x'],
].map((fields) => fields.map((field) => field.split('.')));

/** The items that a reading makes of records, in its order. */
function makeItems(
	records: readonly unknown[],
	options: {
		format: (typeof OUTPUT_FORMATS)[number];
		fields: string[][];
		matches: (event: LogEvent) => boolean;
		limit: number;
	},
) {
	const { format, fields, matches, limit } = options;
	const settings = {
		format: auditLog.formatters[format],
		fields,
		eventIdPath: getEventIdPath(format, fields),
		keepsRecords: keepsRecords(format, fields),
	};
	const items = createEventItems(settings, matches, limit);
	const scope = { ...auditLog, team: 'acme.eu-1.celonis.cloud', project: items.project };
	const parsed = records.map((record) => parseRecord(structuredClone(record), 0));
	return {
		isProjected: items.project !== undefined,
		items: assignEventIds(parsed, scope).filter(items.matches).map(items.toItem),
	};
}

/** Records with duplicates, some of which differ in undocumented fields or in the form of their fields. */
const logs = fc
	.array(rawRecords, { maxLength: 8 })
	.chain((raws) =>
		fc.shuffledSubarray(
			[
				...raws,
				...raws.slice(0, 3),
				...raws.slice(0, 2).map((raw) => ({ ...raw, zone: 'b' })),
				...raws.slice(0, 2).map((raw) => ({ aisle: 1, ...raw })),
				...raws.slice(0, 2).map((raw) => ({ ...raw, port: 443 })),
				...raws.slice(0, 2).map((raw) => ({ ...raw, port: '443' })),
				'no object',
			],
			{ minLength: 1 },
		),
	);

describe('items that are made as the pages come', () => {
	it('are those that are made at the end', () => {
		fc.assert(
			fc.property(
				logs,
				fc.constantFrom(...OUTPUT_FORMATS),
				fc.constantFrom(...FIELDS),
				fc.constantFrom('', 'ADMIN', 'zone'),
				(records, format, fields, text) => {
					const matches = ({ raw }: LogEvent) => JSON.stringify(raw).includes(text);
					const early = makeItems(records, { format, fields, matches, limit: Infinity });
					const late = makeItems(records, { format, fields, matches, limit: 1e6 });
					expect(early.isProjected).toBe(fields.length > 0 || !['event', 'raw'].includes(format));
					expect(late.isProjected).toBe(false);
					// Events with the same time have another order if nobody sees their IDs.
					const isSameOrder = getEventIdPath(format, fields) !== null || !early.isProjected;
					const arrange = (items: object[]) => (isSameOrder ? items : toSorted(items));
					expect(arrange(early.items)).toEqual(arrange(late.items));
				},
			),
			{ numRuns: 500 },
		);
	});

	it('leave the records of their pages as they are, which may still be compared with others', () => {
		fc.assert(
			fc.property(logs, fc.constantFrom(...OUTPUT_FORMATS), (records, format) => {
				const fields = [['event'], ['eventId']];
				const settings = { format: auditLog.formatters[format], fields, keepsRecords: false };
				const { project } = createEventItems(settings, () => true, Infinity);
				const parsed = records.map((record) => parseRecord(structuredClone(record), 0));
				const before = structuredClone(parsed);
				assignEventIds(parsed, { ...auditLog, team: 'acme.eu-1.celonis.cloud', project });
				expect(parsed).toEqual(before);
			}),
			{ numRuns: 100 },
		);
	});

	it('have an order that does not depend on how the log was read', () => {
		const shuffled = logs.chain((records) =>
			fc.tuple(
				fc.constant(records),
				fc.shuffledSubarray(records, { minLength: records.length }),
				fc.constantFrom(...FIELDS),
			),
		);
		fc.assert(
			fc.property(shuffled, ([records, others, fields]) => {
				const options = {
					format: 'summary',
					fields,
					matches: () => true,
					limit: Infinity,
				} as const;
				expect(makeItems(others, options).items).toEqual(makeItems(records, options).items);
			}),
		);
	});
});

const toSorted = (items: object[]) => items.map((item) => JSON.stringify(item)).sort();
