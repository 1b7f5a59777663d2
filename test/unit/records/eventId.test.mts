import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignEventIds as identifyBy } from '../../../nodes/Celonis/records/eventId';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { parseRecord, type LogRecord } from '../../../nodes/Celonis/records/record';
import { rawRecords } from './arbitraries.mts';

const identify = (records: LogRecord[]) => identifyBy(records, auditLog.identityFields);

const parse = (raw: unknown): LogRecord => {
	const record = parseRecord(raw);
	if (typeof record === 'string') throw new Error(record);
	return record;
};

/** Identities by content, so that readings in different order can be compared. */
const identitiesOf = (raws: readonly unknown[]) =>
	identify(raws.map(parse))
		.map(({ eventId, raw }) => `${eventId} ${JSON.stringify(raw)}`)
		.sort();

const idOf = (raw: unknown) => identify([parse(raw)])[0]?.eventId;

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

describe('identity', () => {
	it('never changes for an event: downstream systems hold what was written years ago', () => {
		expect(idOf(published)).toBe('998aeaa3a82dc32444880c0750f1f94f');
	});

	it('is the same whatever the order of the log', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), fc.infiniteStream(fc.nat()), (raws, keys) => {
				const shuffled = raws
					.map((raw) => ({ raw, key: keys.next().value as number }))
					.sort((a, b) => a.key - b.key)
					.map(({ raw }) => raw);
				expect(identitiesOf(shuffled)).toEqual(identitiesOf(raws));
			}),
		);
	});

	it('gives every record one of its own', () => {
		fc.assert(
			fc.property(fc.array(rawRecords), (raws) => {
				const ids = identify(raws.map(parse)).map(({ eventId }) => eventId);
				expect(new Set(ids).size).toBe(raws.length);
			}),
		);
	});

	it('numbers records of the same content', () => {
		const ids = identify([published, published, published].map(parse)).map((e) => e.eventId);
		const [first] = ids;
		expect(ids).toEqual([first, `${first}-2`, `${first}-3`]);
	});

	it('does not depend on key order, or on how an empty field is sent', () => {
		fc.assert(
			fc.property(rawRecords, (raw) => {
				const reversed = Object.fromEntries(Object.entries(raw).reverse());
				const full = { userRole: null, ipAddress: '', port: null, ...raw };
				const lean = Object.fromEntries(
					Object.entries(raw).filter(([, value]) => value !== null && value !== ''),
				);
				expect([idOf(reversed), idOf(full), idOf(lean)]).toEqual(Array(3).fill(idOf(raw)));
			}),
		);
	});

	it('does not depend on how the moment is written', () => {
		const forms = ['2025-02-02T14:52:10.903Z', '2025-02-02T15:52:10.903+01:00'];
		const [a, b] = forms.map((timestamp) => idOf({ ...published, timestamp }));
		expect(a).toBe(b);
	});

	it('survives a field that Celonis adds one day', () => {
		expect(idOf({ ...published, userAgent: 'Firefox' })).toBe(idOf(published));
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
	])('tells records apart by %s', (field, value) => {
		expect(idOf({ ...published, [field]: value })).not.toBe(idOf(published));
	});

	it("is the record's own id where Celonis sends one", () => {
		expect(idOf({ ...published, id: 'evt-1' })).toBe('evt-1');
		expect(idOf({ ...published, id: 17 })).toBe('17');
		expect(idOf({ ...published, eventId: 'evt-2', id: 'x' })).toBe('evt-2');
		expect(idOf({ ...published, id: '' })).toBe(idOf(published));
	});

	it('takes a record that comes twice under its own id for one event', () => {
		const twice = [published, published].map((raw) => parse({ ...raw, id: 'evt-1' }));
		expect(identify(twice)).toHaveLength(1);
	});

	it('takes the oldest of records that share an own id, whatever their order', () => {
		const records = ['2026-01-02', '2026-01-01', '2026-01-03', '2026-01-01'].map((day, i) =>
			parse({ ...published, id: 'evt-1', port: String(i), timestamp: `${day}T00:00:00Z` }),
		);
		const [event, ...others] = identify(records);
		expect(event?.raw.timestamp).toBe('2026-01-01T00:00:00Z');
		expect(others).toEqual([]);
		expect(identify(records.reverse())).toEqual([event]);
	});
});
