import { describe, expect, it } from '@jest/globals';
import type { AuditRecord } from './records.mts';
import { eventNames, createRecordGenerator, unpublishedEventNames } from './records.mts';

const startMs = Date.parse('2026-05-01T00:00:00.123Z');

function generate(count: number, seed = 1): AuditRecord[] {
	const next = createRecordGenerator(seed);
	return Array.from({ length: count }, (_, index) => next(startMs + index * 1000));
}

const many = generate(4000);

/** The different forms of a field, with `undefined` for records that do not have it. */
const getValues = (field: keyof AuditRecord) => many.map((record) => record[field]);
const getTexts = (field: keyof AuditRecord) =>
	getValues(field).filter((value): value is string => typeof value === 'string');

describe('generated records', () => {
	it('are the same for the same seed, and differ for another one', () => {
		expect(generate(50, 7)).toEqual(generate(50, 7));
		expect(generate(50, 7)).not.toEqual(generate(50, 8));
	});

	it('cover the 313 published names within a round, and some unpublished ones', () => {
		expect(eventNames).toHaveLength(313);
		const round = generate(340).map(({ event }) => event);
		expect(eventNames.filter((name) => !round.includes(name))).toEqual([]);
		for (const name of unpublishedEventNames) {
			expect(eventNames).not.toContain(name);
			expect(getTexts('event')).toContain(name);
		}
	});

	it.each<[keyof AuditRecord, string, RegExp]>([
		['userId', 'a UUID with an e-mail', /^[\da-f]{8}-[\da-f-]{27} \([^ ()]+@example\.com\)$/],
		['userId', 'the system', /^celonis-service \(SYSTEM\)$/],
		['userId', 'a bare UUID', /^[\da-f]{8}-[\da-f-]{27}$/],
		['userId', 'another bare id', /^user2$/],
		['userRole', 'an admin', /^ADMIN$/],
		['userRole', 'a member', /^MEMBER$/],
		['userRole', 'an analyst', /^ANALYST$/],
		['userRole', 'no role', /^$/],
		['event', 'spaces', /^ADMIN USER INVITED$/],
		['timestamp', 'milliseconds', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/],
		['timestamp', 'seconds', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/],
		['timestamp', 'an offset', /\.\d{3}\+02:00$/],
		['message', 'a plain text', /./],
		['ipAddress', 'nothing', /^$/],
		['ipAddress', 'an IPv4 address', /^\d+\.\d+\.\d+\.\d+$/],
		['ipAddress', 'an IPv6 address', /^2001:db8:/],
		['port', '443', /^443$/],
	])('sometimes have %s with %s', (field, _form, pattern) => {
		expect(getTexts(field).some((text) => pattern.test(text))).toBe(true);
	});

	it.each<keyof AuditRecord>(['message', 'ipAddress', 'port', 'diffPayload'])(
		'have %s at times as null, at times not at all',
		(field) => {
			expect(getValues(field)).toContain(null);
			expect(many.some((record) => !(field in record))).toBe(true);
		},
	);

	it.each(['userId', 'userRole', 'event', 'timestamp'] as const)('always have %s', (field) => {
		expect(getTexts(field)).toHaveLength(many.length);
	});

	it('have the requested time as their timestamp, to its precision', () => {
		many.forEach(({ timestamp }, index) => {
			const request = startMs + index * 1000;
			const precise = timestamp.includes('.');
			expect(Date.parse(timestamp)).toBe(precise ? request : Math.floor(request / 1000) * 1000);
		});
	});

	it('have in their messages every key that was seen in public', () => {
		const keys = new Set(
			getValues('message').flatMap((message) => Object.keys(Object(message) as object)),
		);
		const seenInPublic = `email userEmail sender invitee old_permissions new_permissions
			subject_description subject_type object_description object_id name id status version teamId
			dataPoolId dataPoolName dataModelId dataJobId clientId clientName application-key-id spaceId
			nodeId nodeName nodeKey nodeType assetType packageKey variableKey tableName reason
			max_errors_count`.split(/\s+/);
		expect(seenInPublic.filter((key) => !keys.has(key))).toEqual([]);
		expect(keys).toContain('Analysis Id');
	});

	it.each([
		['PERMISSIONS_UPDATE', ['old_permissions', 'new_permissions', 'subject_description']],
		['STUDIO_PACKAGE_PUBLISHED', ['packageKey', 'name', 'version']],
		['DATA_POOL_CREATED', ['dataPoolId', 'dataPoolName']],
		['APPLICATION_KEY_CREATED', ['application-key-id']],
		['SSO_PROVIDER_UPDATED', ['id', 'name', 'status']],
		['ADMIN USER INVITED', ['sender', 'invitee']],
		['TASK_MINING_LABEL_CREATED', ['id', 'name']],
	])('have the keys of %s in its message', (event, keys) => {
		const keysByEvent = many.find(
			(record) => record.event === event && Object(record.message) === record.message,
		);
		expect(Object.keys(keysByEvent?.message ?? {})).toEqual(expect.arrayContaining(keys));
	});

	it('have no message for downloads', () => {
		const downloads = many.filter(({ event }) => event.endsWith('CSV_DOWNLOADED'));
		expect(downloads.length).toBeGreaterThan(0);
		expect(downloads.filter(({ message }) => (message ?? null) !== null)).toEqual([]);
	});

	it('have what changed as plain text or as JSON text', () => {
		const diffs = many.flatMap(({ diffPayload }) => (diffPayload ? [diffPayload] : []));
		expect(diffs.some(({ oldValue }) => oldValue.startsWith('{'))).toBe(true);
		expect(diffs.some(({ oldValue }) => !oldValue.startsWith('{'))).toBe(true);
	});

	it('contain emoji, other alphabets, quotes and line breaks', () => {
		const text = JSON.stringify(many);
		for (const piece of ['📈', '👩🏽‍💼', '売掛金', '\\"Capital\\"', '\\n', '\\r\\n']) {
			expect(text).toContain(piece);
		}
	});

	it('contain the statuses SUCCESS and FAILED', () => {
		const statuses = getValues('message').map(
			(message) => (Object(message) as { status?: unknown }).status,
		);
		expect(statuses).toEqual(expect.arrayContaining(['SUCCESS', 'FAILED']));
	});
});
