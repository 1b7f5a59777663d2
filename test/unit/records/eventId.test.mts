import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalText } from '../../../nodes/Celonis/records/canonicalText';
import { assignEventIds, type LogEvent } from '../../../nodes/Celonis/records/eventId';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { parseRecord, type LogRecord } from '../../../nodes/Celonis/records/record';
import { rawRecords } from './arbitraries.mts';
import { sameMeaning, variants } from './meaning.mts';

const TEAM = 'acme.eu-1.celonis.cloud';

const assignIds = (records: LogRecord[], team = TEAM) =>
	assignEventIds(records, { ...auditLog, team });

const parse = (raw: unknown): LogRecord => parseRecord(raw, 0);

/** Sorted event IDs and contents, to compare the same log in different orders and forms. */
const listIds = (raws: readonly unknown[]) =>
	assignIds(raws.map(parse))
		.map(({ eventId, raw }) => `${eventId} ${canonicalText(raw)}`)
		.sort();

const getIds = (raws: readonly unknown[], team?: string) =>
	assignIds(raws.map(parse), team).map(({ eventId }) => eventId);

const getId = (raw: unknown, team?: string) => getIds([raw], team)[0];

const published = {
	userId: 'user2',
	userRole: 'ADMIN',
	event: 'STUDIO_NODE_UPDATED',
	timestamp: '2025-02-02T14:52:10.903Z',
	message: { nodeName: 'Name2', packageKey: 'packagekey2', nodeKey: 'nodekey2' },
	ipAddress: null,
	port: '8888',
	diffPayload: null,
};

/** A record without its timestamp in another form. */
const createVariants = ({ timestamp, ...fields }: Record<string, unknown>) =>
	variants(fields).map((variant) => ({ ...(variant as object), timestamp }));

describe('the event ID', () => {
	it('is the same if it is computed on demand', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), (raws) => {
				const records = [...raws, ...raws.slice(0, 2)].map(parse);
				const scope = { ...auditLog, team: TEAM };
				const lazy = assignEventIds(records, { ...scope, hasLazyIds: true });
				const getContent = ({ eventId, raw, timestampMs, team }: LogEvent) => {
					return [eventId, raw, timestampMs, team];
				};
				expect(lazy.map(getContent)).toEqual(assignEventIds(records, scope).map(getContent));
			}),
		);
	});

	it('never changes: downstream systems store the IDs of years ago', () => {
		expect(getId(published)).toBe('89e79ecbbfde76b6adca5ab266c2aed3');
	});

	it('does not depend on the order of the log', () => {
		const logs = fc
			.array(rawRecords)
			.chain((raws) =>
				fc.tuple(fc.constant(raws), fc.shuffledSubarray(raws, { minLength: raws.length })),
			);
		fc.assert(
			fc.property(logs, ([raws, shuffled]) => {
				expect(listIds(shuffled)).toEqual(listIds(raws));
			}),
		);
	});

	it('is unique', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), (raws) => {
				expect(new Set(getIds(raws)).size).toBe(raws.length);
			}),
		);
	});

	it('numbers duplicates', () => {
		const ids = getIds([published, published, published]);
		const [first] = ids;
		expect(ids).toEqual([first, `${first}-2`, `${first}-3`]);
	});

	it('numbers duplicates by their content, whatever its form', () => {
		const duplicates = [1, 2, 3].map((number) => ({ ...published, seen: [number, 'a'] }));
		const cases = fc
			.tuple(...duplicates.map(createVariants))
			.chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));
		fc.assert(
			fc.property(cases, (raws) => {
				expect(listIds(raws)).toEqual(listIds(duplicates));
			}),
		);
	});

	it('does not depend on the form: order, empty values, numbers as text', () => {
		const cases = rawRecords.chain((raw) => fc.tuple(fc.constant(raw), createVariants(raw)));
		fc.assert(
			fc.property(cases, ([raw, variant]) => {
				expect(getId(variant)).toBe(getId(raw));
			}),
		);
	});

	it('depends on the content of every documented field', () => {
		const fields = fc.constantFrom(...auditLog.identityFields);
		fc.assert(
			fc.property(rawRecords, fields, fc.jsonValue(), (raw, field, value) => {
				const changed = { ...raw, [field]: value };
				expect(getId(changed) === getId(raw)).toBe(sameMeaning(changed, raw));
			}),
		);
	});

	it('depends on every value, at any depth', () => {
		fc.assert(
			fc.property(rawRecords, fc.jsonValue(), fc.jsonValue(), (raw, a, b) => {
				const ids = [a, b].map((value) => getId({ ...raw, message: { more: [{ value }, 'x'] } }));
				expect(ids[0] === ids[1]).toBe(sameMeaning(a, b));
			}),
		);
	});

	it('differs between teams', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				expect(getId(raw, 'other.eu-1.celonis.cloud')).not.toBe(getId(raw));
			}),
		);
	});

	it.each([
		'2025-02-02T14:52:10.903000Z',
		'2025-02-02T15:52:10.903+01:00',
		'2025-02-02T15:52:10.9030+01:00',
		'2025-02-02T14:52:10.903',
		'2025-02-02T14:52:10,903Z',
		'20250202T145210.903Z',
	])('is the same for the same instant: %s', (timestamp) => {
		expect(getId({ ...published, timestamp })).toBe(getId(published));
	});

	it('depends on every digit of the timestamp', () => {
		const timestamps = [
			'2025-02-02T14:52:10.902Z',
			'2025-02-02T14:52:10.903Z',
			'2025-02-02T14:52:10.9031Z',
			'2025-02-02T14:52:10.9032Z',
			'2025-02-02T14:52:10.90301Z',
			'2025-02-02T14:52:10.903000001Z',
			'20250202T145210.9033333Z',
		];
		const ids = timestamps.map((timestamp) => getId({ ...published, timestamp }));
		expect(new Set(ids).size).toBe(timestamps.length);
	});

	it('does not depend on an undocumented field, nor on an ID that Celonis sends', () => {
		fc.assert(
			fc.property(
				rawRecords,
				fc.constantFrom('userAgent', 'id', 'eventId', '__proto__', 'toString'),
				fc.jsonValue(),
				(raw, field, value) => {
					const changed = Object.fromEntries([...Object.entries(raw), [field, value]]);
					expect(getId(changed)).toBe(getId(raw));
				},
			),
		);
	});

	it('tells apart records with the same ID of their own', () => {
		const raws = ['a', 'b', 'c'].map((userId) => ({ ...published, id: 0, userId }));
		expect(new Set(getIds(raws)).size).toBe(3);
	});

	it.each([
		['userId', 'user3'],
		['userRole', 'MEMBER'],
		['event', 'STUDIO_NODE_DELETED'],
		['timestamp', '2025-02-02T14:52:10.904Z'],
		['message', { ...published.message, nodeName: 'Name3' }],
		['ipAddress', '192.0.2.1'],
		['port', '443'],
		['diffPayload', { oldValue: 'a', newValue: 'b' }],
	])('depends on %s', (field, value) => {
		expect(getId({ ...published, [field]: value })).not.toBe(getId(published));
	});
});
