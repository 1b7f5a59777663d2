import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignEventIds } from '../../../nodes/Celonis/records/eventId';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { parseRecord, type LogRecord } from '../../../nodes/Celonis/records/record';
import { rawRecords } from './arbitraries.mts';

const assignIds = (records: LogRecord[]) => assignEventIds(records, auditLog.identityFields);

const parse = (raw: unknown): LogRecord => {
	const record = parseRecord(raw);
	if (typeof record === 'string') throw new Error(record);
	return record;
};

/** Sorted event IDs and records, to compare the same log in different orders. */
const listIds = (raws: readonly unknown[]) =>
	assignIds(raws.map(parse))
		.map(({ eventId, raw }) => `${eventId} ${JSON.stringify(raw)}`)
		.sort();

const getId = (raw: unknown) => assignIds([parse(raw)])[0]?.eventId;

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

describe('the event ID', () => {
	it('never changes: downstream systems store the IDs of years ago', () => {
		expect(getId(published)).toBe('998aeaa3a82dc32444880c0750f1f94f');
	});

	it('does not depend on the order of the log', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), fc.infiniteStream(fc.nat()), (raws, keys) => {
				const shuffled = raws
					.map((raw) => ({ raw, key: keys.next().value as number }))
					.sort((a, b) => a.key - b.key)
					.map(({ raw }) => raw);
				expect(listIds(shuffled)).toEqual(listIds(raws));
			}),
		);
	});

	it('is unique', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), (raws) => {
				const ids = assignIds(raws.map(parse)).map(({ eventId }) => eventId);
				expect(new Set(ids).size).toBe(raws.length);
			}),
		);
	});

	it('numbers duplicates', () => {
		const ids = assignIds([published, published, published].map(parse)).map((e) => e.eventId);
		const [first] = ids;
		expect(ids).toEqual([first, `${first}-2`, `${first}-3`]);
	});

	it('does not depend on the order of keys, or on how an empty field is sent', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const reversed = Object.fromEntries(Object.entries(raw).reverse());
				const full = { userRole: null, ipAddress: '', port: null, ...raw };
				const lean = Object.fromEntries(
					Object.entries(raw).filter(([, value]) => value !== null && value !== ''),
				);
				expect([getId(reversed), getId(full), getId(lean)]).toEqual(Array(3).fill(getId(raw)));
			}),
		);
	});

	it('does not depend on the time zone of the timestamp', () => {
		const forms = ['2025-02-02T14:52:10.903Z', '2025-02-02T15:52:10.903+01:00'];
		const [a, b] = forms.map((timestamp) => getId({ ...published, timestamp }));
		expect(a).toBe(b);
	});

	it('does not depend on an undocumented field', () => {
		expect(getId({ ...published, userAgent: 'Firefox' })).toBe(getId(published));
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

	it("is the record's own ID if Celonis sends one", () => {
		expect(getId({ ...published, id: 'evt-1' })).toBe('evt-1');
		expect(getId({ ...published, id: 17 })).toBe('17');
		expect(getId({ ...published, eventId: 'evt-2', id: 'x' })).toBe('evt-2');
		expect(getId({ ...published, id: '' })).toBe(getId(published));
	});

	it('makes one event of records with the same ID of their own', () => {
		const twice = [published, published].map((raw) => parse({ ...raw, id: 'evt-1' }));
		expect(assignIds(twice)).toHaveLength(1);
	});

	it('keeps the oldest of records with the same ID of their own, in any order', () => {
		const records = ['2026-01-02', '2026-01-01', '2026-01-03', '2026-01-01'].map((day, i) =>
			parse({ ...published, id: 'evt-1', port: String(i), timestamp: `${day}T00:00:00Z` }),
		);
		const [event, ...others] = assignIds(records);
		expect(event?.raw.timestamp).toBe('2026-01-01T00:00:00Z');
		expect(others).toEqual([]);
		expect(assignIds(records.reverse())).toEqual([event]);
	});
});
