import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexMembers } from '../../../../../nodes/Celonis/members/directory';
import { parseFieldPath } from '../../../../../nodes/Celonis/output/fields';
import { formatEvent } from '../../../../../nodes/Celonis/output/items';
import { assignEventIds } from '../../../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../../../nodes/Celonis/records/record';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { EVENT_NAMES } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { classifyEvent } from '../../../../../nodes/Celonis/sources/auditLog/output/classification';
import { PHRASES } from '../../../../../nodes/Celonis/sources/auditLog/output/phrases';
import { createSampleRecord } from '../../../../../scripts/events/sampleRecords.mts';
import { createRecordGenerator } from '../../../../celonis/records.mts';
import { goodRecords } from '../../../../fuzz/inputs.mts';
import { createEvent } from '../../../../support/events.mts';
import { quirks } from './quirks.mts';

type Fields = Record<string, unknown>;

const COLUMNS = [
	...['timestamp', 'event', 'category', 'summary', 'actor', 'actorType', 'actorRole', 'target'],
	...['object', 'objectType', 'granted', 'revoked', 'outcome', 'ipAddress', 'team', 'eventId'],
];

const baseRecord = {
	userId: 'u-1 (ada@example.com)',
	userRole: 'ADMIN',
	timestamp: '2026-02-02T15:52:10.903+01:00',
	ipAddress: '203.0.113.7',
	port: '443',
};
const permissionChange = {
	event: 'PERMISSIONS_UPDATE',
	message: {
		subject_type: 'USER',
		subject_description: 'grace@example.com',
		object_description: 'Order to Cash',
		object_id: 'o-1',
		old_permissions: ['READ', 'SHARE'],
		new_permissions: ['READ', 'WRITE', 'ADMIN'],
	},
};

const summarize = (raw: Fields, members?: Parameters<typeof auditLog.formatters.summary>[1]) =>
	auditLog.formatters.summary(createEvent(auditLog, { ...baseRecord, ...raw }), members);
const getLine = (raw: Fields) => summarize(raw).summary;

const members = indexMembers([
	{ id: 'u-1', name: 'Ada Lovelace', email: 'ada@example.com', role: 'ADMIN', groups: [] },
	{ id: 'u-2', name: 'Grace Hopper', email: 'Grace@example.com', groups: [] },
]);

describe('the summary of an audit event', () => {
	it('is flat: who, what, whom, and with which result', () => {
		const summary = summarize(permissionChange);
		expect(summary).toEqual({
			timestamp: '2026-02-02T14:52:10.903Z',
			event: 'PERMISSIONS_UPDATE',
			category: 'Admin and Settings',
			summary:
				'ada@example.com granted WRITE, ADMIN to grace@example.com and revoked SHARE on "Order to Cash"',
			actor: 'ada@example.com',
			actorType: 'user',
			actorRole: 'ADMIN',
			target: 'grace@example.com',
			object: 'Order to Cash',
			objectType: null,
			granted: 'WRITE, ADMIN',
			revoked: 'SHARE',
			outcome: 'success',
			ipAddress: '203.0.113.7',
			team: 'acme.eu-1.celonis.cloud',
			eventId: expect.stringMatching(/^[0-9a-f]{32}$/),
		});
		expect(Object.keys(summary)).toEqual(COLUMNS);
	});

	it('has null for what is not known', () => {
		const raw = { timestamp: baseRecord.timestamp };
		const event = createEvent(auditLog, raw);
		expect(auditLog.formatters.summary(event)).toEqual({
			...Object.fromEntries(COLUMNS.map((name) => [name, null])),
			timestamp: '2026-02-02T14:52:10.903Z',
			category: 'Other',
			summary: 'Somebody unknown triggered an unnamed event',
			team: event.team,
			eventId: event.eventId,
		});
	});

	it('names actor and target as the members of the team do', () => {
		expect(summarize({ ...permissionChange, userRole: '' }, members)).toMatchObject({
			summary:
				'Ada Lovelace (ada@example.com) granted WRITE, ADMIN to Grace Hopper (grace@example.com) and revoked SHARE on "Order to Cash"',
			actor: 'ada@example.com',
			actorRole: 'ADMIN',
		});
		expect(summarize({ event: 'GROUP_CREATED', userId: 'u-2' }, members)).toMatchObject({
			summary: 'Grace Hopper (Grace@example.com) created a group',
			actor: 'u-2',
			actorType: null,
		});
	});

	it('has a category that Celonis sends', () => {
		const event = 'GROUP_CREATED';
		expect(summarize({ event, category: 'Own' }).category).toBe('Own');
		expect(summarize({ event, category: { own: 1 } }).category).toBe('Admin and Settings');
	});
});

describe('the line of a summary', () => {
	const getType = (cell: unknown) => (cell === null ? 'null' : typeof cell);
	const isLine = (line: string) =>
		/^\S.*\S$/.test(line) && !/[\n\r[\]{}]|undefined|null/.test(line);
	/** One event of each object, and events that Celonis does not document. */
	const names = [
		...new Map(EVENT_NAMES.map((name) => [classifyEvent(name).object, name])).values(),
		...['NEW_FEATURE_CREATED', 'constructor', '', undefined, 7],
	];

	it.each(quirks)(
		'is one line, in a row with the same columns for every event: %s',
		(_, changes) => {
			const summaries = names.map((event) => summarize({ event, ...changes }));
			const columns = new Set(summaries.map((summary) => Object.keys(summary).join()));
			const types = new Set(summaries.flatMap((summary) => Object.values(summary).map(getType)));
			expect([...columns]).toEqual([COLUMNS.join()]);
			expect([...types].sort()).toEqual(['null', 'string']);
			expect(summaries.filter(({ summary }) => !isLine(String(summary)))).toEqual([]);
		},
	);

	it('is known for any record', () => {
		fc.assert(
			fc.property(goodRecords, (raw) => {
				const summary = auditLog.formatters.summary(createEvent(auditLog, raw));
				expect(Object.keys(summary)).toEqual(COLUMNS);
				expect(typeof summary.summary).toBe('string');
			}),
			{ numRuns: 100 },
		);
	});

	it('says for every documented event who did what to whom or what', () => {
		for (const event of EVENT_NAMES) {
			const { summary: line, object, target } = summarize(createSampleRecord(event));
			expect(line).toMatch(/^ada@example\.com \p{L}+ \p{L}.*$/u);
			expect(line).not.toContain(event);
			const phrase = [PHRASES[event]].flat().join();
			if (phrase.includes('[')) expect(line).toMatch(/ the [\p{L} -]+ "/u);
			if (phrase.includes('[')) expect(line).toContain(`"${object as string}"`);
			if (phrase.includes('{') && target !== 'ada@example.com') expect(line).toContain(target);
		}
	});

	it('has verbs in the past tense', () => {
		const phrases = Object.values(PHRASES).flatMap((row) => row);
		const verbs = new Set(phrases.map((phrase) => phrase.split(' ')[0]));
		const events = [...verbs].map((verb) =>
			EVENT_NAMES.find((name) => [PHRASES[name]].flat().some((row) => row.startsWith(`${verb} `))),
		);
		const lines = events.map((event) => getLine({ event }) as string);
		const ofActor = ['USER_JOIN_GROUP', 'USER_LEFT_GROUP'].map((event) =>
			getLine({ event, message: { userEmail: 'ADA@example.com', name: 'Finance' } }),
		);
		expect(new Set(lines.map((line) => line.split(' ')[1]))).toEqual(
			new Set([
				...[
					'failed',
					'deleted',
					'signed',
					'created',
					'duplicated',
					'updated',
					'installed',
					'activated',
				],
				...['deactivated', 'changed', 'invited', 'downloaded', 'reset', 'set', 'disabled'],
				...['enabled', 'revoked', 'regenerated', 'turned', 'added', 'removed', 'generated'],
				...['exported', 'ran', 'fetched', 'copied', 'canceled', 'saved', 'started', 'loaded'],
				...['assigned', 'applied', 'imported', 'renamed', 'promoted', 'published', 'registered'],
				...['moved', 'restored', 'triggered', 'uploaded', 'authorized'],
			]),
		);
		expect(ofActor).toEqual([
			'ada@example.com joined the group "Finance"',
			'ada@example.com left the group "Finance"',
		]);
	});

	it.each<[Fields, string]>([
		[{ event: 'DATA_POOL_DELETED', message: { dataPoolId: 'p-1' } }, 'deleted the data pool p-1'],
		[{ event: 'DATA_POOL_DELETED', message: null }, 'deleted a data pool'],
		[
			{ event: 'DATA_POOL_DELETED', message: { dataPoolName: 'My "big"\npool' } },
			`deleted the data pool "My 'big' pool"`,
		],
		[
			{
				event: 'DATA_JOB_MANUALLY_EXECUTED',
				message: { name: 'J', status: 'FAILED', reason: 'No\nrows' },
			},
			'failed to run the data job "J" manually: No rows',
		],
		[{ event: 'GROUP_CREATED', message: { status: 'ERROR' } }, 'failed to create a group'],
		[
			{ event: 'NEW_THING', message: { name: 'X', status: 'FAILED', reason: 'Y' } },
			'triggered NEW_THING for "X", which failed: Y',
		],
		[{ event: 'USER_CHANGE_PASSWORD' }, 'changed their password'],
		[
			{ event: 'USER_CHANGE_PASSWORD', message: { email: 'bob@example.com' } },
			'changed the password of bob@example.com',
		],
		[{ event: 'USER_JOIN_GROUP' }, 'added a user to a group'],
		[{ event: 'PERMISSIONS_UPDATE' }, 'updated the permissions of somebody'],
		[
			{ event: 'PERMISSIONS_UPDATE', message: { new_permissions: 'ADMIN' } },
			'granted ADMIN to somebody',
		],
		[
			{
				event: 'PERMISSIONS_UPDATE',
				message: { subject_description: 'ada@example.com', new_permissions: ['ADMIN'] },
			},
			'granted ADMIN to themselves',
		],
		[
			{
				event: 'PERMISSIONS_UPDATE',
				message: {
					subject_description: 'ada@example.com',
					new_permissions: ['ADMIN'],
					old_permissions: ['READ'],
					status: 'FAILED',
				},
			},
			'failed to grant ADMIN to themselves and revoke READ',
		],
		[
			{
				event: 'PERMISSIONS_UPDATE',
				message: {
					subject_type: 'GROUP',
					subject_description: 'Analysts',
					old_permissions: ['READ'],
				},
			},
			'revoked READ from the group "Analysts"',
		],
		[
			{
				event: 'DATA_MODEL_PERMISSION_ASSIGNMENT_CREATED',
				message: {
					subject_type: 'APPLICATION',
					subject_description: 'SIEM',
					dataModelId: 'm-1',
					new_permissions: Array.from({ length: 12 }, (_, i) => `P${i}`),
				},
			},
			'granted P0, P1, P2, P3, P4, P5, P6, P7, P8, P9 and 2 more to the application "SIEM" on the data model m-1',
		],
	])('of %j: ada@example.com %s', (raw, expected) => {
		expect(getLine(raw)).toBe(`ada@example.com ${expected}`);
	});

	it.each([
		['celonis-service (SYSTEM)', 'celonis-service (SYSTEM) created a group', 'system'],
		['user2', 'user2 created a group', null],
		[null, 'Somebody unknown created a group', null],
		['ada@example.com', 'ada@example.com created a group', 'user'],
	])('names the actor %p', (userId, line, actorType) => {
		expect(summarize({ event: 'GROUP_CREATED', userId })).toMatchObject({
			summary: line,
			actorType,
		});
	});

	it.each([
		['a text with commas', 'READ, ADMIN', 'ADMIN'],
		['JSON text', '["READ","ADMIN"]', 'ADMIN'],
		['named objects', [{ name: 'Read' }, { name: 'ADMIN' }], 'ADMIN'],
		['names in lower case', ['read'], null],
	])('understands permissions as %s', (_, permissions, granted) => {
		const message = { old_permissions: ['READ'], new_permissions: permissions };
		const summary = summarize({ event: 'PERMISSIONS_UPDATE', message });
		expect(summary).toMatchObject({ granted, revoked: null });
	});

	it('grants nothing if the change has failed', () => {
		const { message } = permissionChange;
		const summary = summarize({ ...permissionChange, message: { ...message, status: 'FAILED' } });
		expect(summary).toMatchObject({ granted: null, revoked: null, outcome: 'failure' });
		expect(summary.summary).toContain('failed to grant');
	});

	it('is short, whatever the names are', () => {
		const long = '😀 x'.repeat(100_000);
		const { summary, object } = summarize({ event: 'GROUP_CREATED', message: { name: long } });
		expect(String(summary).length).toBeLessThan(300);
		expect(summary).toMatch(/…"$/);
		expect(String(summary)).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
		expect(String(object)).toMatch(/^😀 x.{100,200}…$/u);
	});
});

describe('the summary of a record that cannot be read', () => {
	const readEvent = (value: unknown) =>
		assignEventIds([parseRecord(value, 0)], { ...auditLog, team: 'team.example' })[0]!;

	it('has the same columns, what is wrong, and the record', () => {
		const raw = { event: 'GROUP_CREATED', userId: 'u-1', timestamp: 'soon' };
		const event = readEvent(raw);
		const problem = "The record has no 'timestamp' that is a date and time";
		const summary = auditLog.formatters.summary(event);
		expect(summary).toMatchObject({
			event: 'GROUP_CREATED',
			summary: `${problem}: u-1 created a group`,
			eventId: event.eventId,
			recordProblem: problem,
			record: raw,
		});
		expect(Object.keys(summary)).toEqual([...COLUMNS, 'recordProblem', 'record']);
	});

	it.each([[17], ['text'], [null], [[1, { a: 2 }]]])('says what came instead: %j', (record) => {
		const event = readEvent(record);
		const summary = auditLog.formatters.summary(event);
		expect(summary).toMatchObject({
			event: null,
			summary: `The record is not an object: ${JSON.stringify(record)}`,
			team: event.team,
			eventId: event.eventId,
			record,
		});
		expect(Object.keys(summary).slice(0, COLUMNS.length)).toEqual(COLUMNS);
	});
});

describe('fifty summaries for an AI agent', () => {
	interface Example {
		nodes: Array<{ type: string; parameters: { output?: string; options?: { fields?: string } } }>;
	}
	const file = new URL('../../../../../examples/ai-agent-tool.json', `file://${__filename}`);
	const { nodes } = JSON.parse(readFileSync(file, 'utf8')) as Example;
	const { parameters } = nodes.find(({ type }) => type.startsWith('n8n-nodes-celonis.'))!;
	const fields = parameters.options!.fields!.split(',').map(parseFieldPath);

	it.each([1, 2, 3])('cost at most a third of fifty events (seed %d)', (seed) => {
		const generate = createRecordGenerator(seed);
		const events = Array.from({ length: 50 }, (_, i) =>
			createEvent(auditLog, { ...generate(Date.UTC(2026, 0, 1) + i * 1000) }),
		);
		const measure = (settings: Parameters<typeof formatEvent>[1]) =>
			JSON.stringify(events.map((event) => formatEvent(event, settings))).length;
		const ofEvents = measure({ format: auditLog.formatters.event });
		expect(parameters.output).toBe('summary');
		expect(measure({ format: auditLog.formatters.summary, fields })).toBeLessThan(ofEvents / 3);
		expect(measure({ format: auditLog.formatters.summary })).toBeLessThan(ofEvents * 1.3);
	});
});
