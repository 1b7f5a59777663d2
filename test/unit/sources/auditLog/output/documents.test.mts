import { describe, expect, it } from '@jest/globals';
import { EVENT_NAMES } from '../../../../../nodes/Celonis/sources/auditLog/catalogue';
import { formatEcs } from '../../../../../nodes/Celonis/sources/auditLog/output/ecs';
import { formatOcsf } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsf';
import { quirks } from './quirks.mts';

type Fields = Record<string, unknown>;

const team = 'acme.eu-1.celonis.cloud';
const timestamp = '2026-02-02T15:52:10.903+01:00';
const createEvent = (raw: Fields) => ({
	eventId: 'id-1',
	timestampMs: Date.parse(timestamp),
	team,
	raw: { timestamp, userId: 'u-1 (ada@example.com)', userRole: 'ADMIN', ...raw },
});

const permissionChange = {
	event: 'PERMISSIONS_UPDATE',
	ipAddress: '203.0.113.7',
	port: '443',
	diffPayload: null,
	message: {
		subject_type: 'USER',
		subject_description: 'grace@example.com',
		object_description: 'Order to Cash',
		object_id: 'o-1',
		old_permissions: ['READ', 'SHARE'],
		new_permissions: ['READ', 'WRITE'],
	},
};
const groupChange = {
	...permissionChange,
	message: {
		...permissionChange.message,
		subject_type: 'GROUP',
		subject_description: 'Analysts',
		new_permissions: ['READ'],
	},
};

describe('an audit event in ECS', () => {
	it('has actor, action, target, source and the record', () => {
		const event = createEvent(permissionChange);
		expect(formatEcs(event)).toEqual({
			'@timestamp': '2026-02-02T14:52:10.903Z',
			ecs: { version: '9.4.0' },
			message:
				'ada@example.com granted WRITE to grace@example.com and revoked SHARE on "Order to Cash"',
			event: {
				kind: 'event',
				category: ['iam'],
				type: ['user', 'change'],
				action: 'PERMISSIONS_UPDATE',
				outcome: 'success',
				severity: 3,
				id: 'id-1',
				provider: 'celonis',
				module: 'celonis',
				dataset: 'celonis.audit',
				original: JSON.stringify(event.raw),
			},
			user: {
				id: 'u-1',
				name: 'ada@example.com',
				email: 'ada@example.com',
				roles: ['ADMIN'],
				target: { name: 'grace@example.com', email: 'grace@example.com' },
			},
			entity: { target: { id: 'o-1', name: 'Order to Cash' } },
			source: { ip: '203.0.113.7', address: '203.0.113.7' },
			destination: { address: team, domain: team, port: 443 },
			related: {
				user: ['u-1', 'ada@example.com', 'grace@example.com'],
				ip: ['203.0.113.7'],
				hosts: [team],
			},
			observer: { vendor: 'Celonis', product: 'Celonis Audit Log' },
			organization: { name: team },
			url: { domain: team },
			celonis: {
				timestamp,
				userId: 'u-1 (ada@example.com)',
				userRole: 'ADMIN',
				event: 'PERMISSIONS_UPDATE',
				ipAddress: '203.0.113.7',
				port: '443',
				message: permissionChange.message,
				category: 'Admin and Settings',
				object: { type: 'Permissions', id: 'o-1', name: 'Order to Cash' },
				objects: [{ id: 'o-1', name: 'Order to Cash' }],
				privileges: { gained: ['WRITE'], lost: ['SHARE'] },
				severity: { level: 'medium', reason: 'Permissions' },
			},
		});
	});

	it.each<[Fields, Fields]>([
		[groupChange, { event: { type: ['group', 'change'] }, group: { name: 'Analysts' } }],
		[
			{ event: 'USER_JOIN_GROUP', message: { userEmail: 'new@example.com', id: 'g', name: 'G' } },
			{
				event: { category: ['iam'], type: ['user', 'change'] },
				group: { id: 'g', name: 'G' },
				user: { target: { email: 'new@example.com', group: { id: 'g', name: 'G' } } },
			},
		],
		[
			{ event: 'DATA_JOB_MANUALLY_EXECUTED', message: { status: 'FAILED', reason: 'No rows' } },
			{ event: { type: ['start'], outcome: 'failure', reason: 'No rows' } },
		],
		[{ event: 'VIEW_REPORT_DELIVERY_TRIGGER_FAILED' }, { event: { outcome: 'failure' } }],
		[{ event: 'NEW_THING_CREATED' }, { event: { type: ['creation'], outcome: 'unknown' } }],
		[{ event: 'NEW', message: { status: 'SUCCESS' } }, { event: { outcome: 'success' } }],
		[
			{ event: 'VIEW_REPORT_DELIVERY_TRIGGER_FAILED', message: { status: 'SUCCESS' } },
			{ event: { outcome: 'failure' } },
		],
		[
			{ event: 'VIEW_REPORT_DELIVERY_TRIGGER_SUCCEEDED', message: { status: 'FAILED' } },
			{ event: { outcome: 'failure' } },
		],
		[
			{ event: 'DATA_JOB_MANUALLY_EXECUTED', message: { status: 'CANCELED' } },
			{ event: { category: ['api'], outcome: 'unknown' } },
		],
		[{ event: 'SKILL_UPDATED', message: { status: 'ACTIVE' } }, { event: { outcome: 'success' } }],
		[{ ipAddress: 'fe80::1%eth0' }, { source: { ip: 'fe80::1' } }],
		[{ ipAddress: 'proxy-3' }, { source: { address: 'proxy-3' } }],
		[{ userId: 'celonis-service (SYSTEM)' }, { user: { name: 'celonis-service' } }],
	])('formats %j with %j', (raw, expected) => {
		expect(formatEcs(createEvent(raw))).toMatchObject(expected);
	});

	it.each<[string, Fields]>([
		['USER_GROUP', { group: { name: 'Analysts' } }],
		['TEAM_USER', { user: { id: 'u-1', target: { name: 'Analysts' } } }],
		['Member', { user: { target: { name: 'Analysts' } }, event: { type: ['user', 'change'] } }],
		['APPLICATION_KEY', { user: { id: 'u-1', target: { name: 'Analysts' } } }],
	])('uses the subject type %s', (type, expected) => {
		const message = {
			...permissionChange.message,
			subject_type: type,
			subject_description: 'Analysts',
		};
		expect(formatEcs(createEvent({ ...permissionChange, message }))).toMatchObject(expected);
	});

	it('has no target user if the subject is of an unknown type', () => {
		const message = { subject_type: 'PACKAGE', subject_description: 'Analysts' };
		const document = formatEcs(createEvent({ ...permissionChange, message }));
		expect(document.user).not.toHaveProperty('target');
		expect(document.related).toMatchObject({ user: ['u-1', 'ada@example.com'] });
	});

	it('omits unknown fields', () => {
		const document = formatEcs({
			...createEvent({}),
			raw: { event: 'GROUP_DELETED', ipAddress: '' },
		});
		for (const name of ['user', 'group', 'source', 'destination', 'entity', 'package'])
			expect(document).not.toHaveProperty(name);
		expect(document.related).toEqual({ hosts: [team] });
	});

	it.each(quirks)(
		'has fields of one type, so that an index accepts the document: %s',
		(_, changes) => {
			for (const event of EVENT_NAMES) {
				const { celonis } = formatEcs(createEvent({ event, ...changes }));
				const { message, messageText, diffPayload, diffPayloadText } = celonis as Fields;
				for (const value of [message, diffPayload]) {
					const isObject = typeof value === 'object' && !Array.isArray(value);
					expect(value === undefined || isObject).toBe(true);
				}
				for (const text of [messageText, diffPayloadText]) {
					expect(['string', 'undefined']).toContain(typeof text);
				}
			}
		},
	);
});

describe('an audit event in OCSF', () => {
	it('has actor, activity, target, source and the record', () => {
		const event = createEvent(permissionChange);
		expect(formatOcsf(event)).toEqual({
			category_uid: 3,
			category_name: 'Identity & Access Management',
			class_uid: 3005,
			class_name: 'User Access Management',
			activity_id: 1,
			activity_name: 'Assign Privileges',
			type_uid: 300501,
			type_name: 'User Access Management: Assign Privileges',
			time: Date.parse('2026-02-02T14:52:10.903Z'),
			severity_id: 3,
			severity: 'Medium',
			status_id: 1,
			status: 'Success',
			message:
				'ada@example.com granted WRITE to grace@example.com and revoked SHARE on "Order to Cash"',
			metadata: {
				version: '1.8.0',
				uid: 'id-1',
				event_code: 'PERMISSIONS_UPDATE',
				log_name: 'Audit Log',
				log_provider: 'Celonis',
				original_time: timestamp,
				tenant_uid: team,
				product: {
					name: 'Celonis',
					vendor_name: 'Celonis',
					feature: { name: 'Admin and Settings' },
				},
			},
			actor: {
				user: {
					uid: 'u-1',
					name: 'ada@example.com',
					email_addr: 'ada@example.com',
					type_id: 2,
					type: 'Admin',
				},
			},
			src_endpoint: { ip: '203.0.113.7' },
			user: { name: 'grace@example.com', email_addr: 'grace@example.com' },
			privileges: ['WRITE'],
			resources: [{ name: 'Order to Cash', uid: 'o-1' }],
			observables: [
				{ name: 'actor.user.name', type: 'User Name', type_id: 4, value: 'ada@example.com' },
				{ name: 'actor.user.uid', type: 'User Object: uid', type_id: 31, value: 'u-1' },
				{
					name: 'actor.user.email_addr',
					type: 'Email Address',
					type_id: 5,
					value: 'ada@example.com',
				},
				{ name: 'user.name', type: 'User Name', type_id: 4, value: 'grace@example.com' },
				{ name: 'user.email_addr', type: 'Email Address', type_id: 5, value: 'grace@example.com' },
				{
					name: 'resources[0].name',
					type: 'Resource Details Object: name',
					type_id: 38,
					value: 'Order to Cash',
				},
				{ name: 'resources[0].uid', type: 'Resource UID', type_id: 10, value: 'o-1' },
				{ name: 'src_endpoint.ip', type: 'IP Address', type_id: 2, value: '203.0.113.7' },
			],
			raw_data: JSON.stringify(event.raw),
			unmapped: {
				privileges: { gained: ['WRITE'], lost: ['SHARE'] },
				severityReason: 'Permissions',
				userId: 'u-1 (ada@example.com)',
				userRole: 'ADMIN',
				port: '443',
				message: permissionChange.message,
			},
		});
	});

	const withPermissions = (before: unknown, after: unknown) => ({
		event: 'PERMISSIONS_UPDATE',
		message: { old_permissions: before, new_permissions: after },
	});

	it.each<[Fields, Fields]>([
		[
			groupChange,
			{
				class_uid: 3006,
				activity_name: 'Revoke Privileges',
				group: { name: 'Analysts' },
				privileges: ['SHARE'],
				resource: { uid: 'o-1' },
			},
		],
		[withPermissions([], ['USE']), { activity_id: 1, privileges: ['USE'] }],
		[withPermissions(['USE'], []), { activity_id: 2, privileges: ['USE'] }],
		[withPermissions(['USE'], ['USE']), { activity_id: 99, privileges: ['Unknown'] }],
		[
			{
				event: 'ADMIN USER INVITED',
				message: { sender: 'ada@example.com', invitee: 'new@example.com' },
			},
			{ class_uid: 3001, activity_name: 'Create', user: { email_addr: 'new@example.com' } },
		],
		[{ event: 'USER_CHANGE_PASSWORD' }, { class_uid: 3001, activity_id: 3, user: { uid: 'u-1' } }],
		[
			{ event: 'USER_LEFT_GROUP', message: { userEmail: 'x@example.com', id: 'g', name: 'G' } },
			{
				class_uid: 3006,
				activity_id: 4,
				group: { uid: 'g' },
				user: { email_addr: 'x@example.com' },
			},
		],
		[
			{ event: 'APPLICATION_KEY_CREATED', message: { 'application-key-id': 'k', name: 'SIEM' } },
			{ class_uid: 3004, entity: { uid: 'k', name: 'SIEM', type: 'Application Key' } },
		],
		[
			{ event: 'USER_CHANGE_PASSWORD', userId: 'celonis-service (SYSTEM)' },
			{ user: { name: 'Unknown' } },
		],
		[{ event: 'OCDM_OBJECT_RENAMED' }, { class_uid: 3004, activity_id: 5 }],
		[
			{
				event: 'PERMISSIONS_UPDATE',
				message: { subject_type: 'APPLICATION', subject_description: 'SIEM' },
			},
			{ user: { name: 'SIEM', type: 'Service', type_id: 4 } },
		],
		[{ event: 'TWO_FACTOR_UPDATED' }, { entity: { name: 'Two-Factor Authentication' } }],
		[{ event: 'SKILL_CREATED' }, { entity: { name: 'Unknown', type: 'Skill' } }],
		[
			{ event: 'DATA_POOL_EXPORTED', message: { dataPoolId: 'p', dataPoolName: 'P2P' } },
			{
				class_uid: 6003,
				activity_id: 2,
				api: { operation: 'DATA_POOL_EXPORTED' },
				resources: [{ uid: 'p', name: 'P2P', type: 'Data Pool Export' }],
				src_endpoint: { name: 'Unknown' },
			},
		],
		[
			{ event: 'NEW_THING', userId: null },
			{ class_uid: 6003, activity_id: 99, status_id: 0, actor: { user: { name: 'Unknown' } } },
		],
		[{ event: 'NEW_THING_DELETED' }, { class_uid: 6003, activity_id: 4 }],
		[
			{ event: 'SKILL_CREATED', userId: 'celonis-service (SYSTEM)' },
			{ actor: { user: { type_id: 3 } } },
		],
	])('formats %j with %j', (raw, expected) => {
		expect(formatOcsf(createEvent(raw))).toMatchObject(expected);
	});
});
