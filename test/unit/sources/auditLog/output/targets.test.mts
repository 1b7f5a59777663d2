import { describe, expect, it } from '@jest/globals';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { parseDetails } from '../../../../../nodes/Celonis/sources/auditLog/output/details';
import { formatEcs } from '../../../../../nodes/Celonis/sources/auditLog/output/ecs';
import { formatOcsf } from '../../../../../nodes/Celonis/sources/auditLog/output/ocsf';
import { findEcsProblems } from '../../../../schemas/ecs.mts';
import { findOcsfProblems } from '../../../../schemas/ocsf.mts';
import { createEvent } from '../../../../support/events.mts';

type Fields = Record<string, unknown>;

const actor = { userId: 'u-1 (ada@example.com)', timestamp: '2026-02-02T14:52:10.903Z' };
const create = (event: string, message: Fields, further: Fields = {}) =>
	createEvent(auditLog, { ...actor, event, message, ...further });

/** The documents of an event in both schemas, which they must conform to. */
function format(event: string, message: Fields, further: Fields = {}) {
	const ecs = formatEcs(create(event, message, further));
	const ocsf = formatOcsf(create(event, message, further));
	expect([...findEcsProblems(ecs), ...findOcsfProblems(ocsf)]).toEqual([]);
	return { ecs, ocsf };
}

const getRelatedUsers = (event: string, message: Fields) =>
	(format(event, message).ecs.related as Fields).user;
const getObservedValues = (event: string, message: Fields) =>
	(format(event, message).ocsf.observables as Fields[]).map(({ value }) => value);

describe('the subject of a permission change', () => {
	const id = '7d2f4c1e-5b1a-4b62-9a53-0c1d2e3f4a5b';

	it.each([
		['Grace Hopper (grace@example.com)', 'Grace Hopper'],
		['Grace Hopper <grace@example.com>', 'Grace Hopper'],
		['Hopper, Grace (grace@example.com)', 'Hopper, Grace'],
		['grace@example.com', undefined],
		['(grace@example.com)', undefined],
	])('%s is a name and an e-mail address', (description, fullName) => {
		const message = { subject_type: 'USER', subject_description: description };
		const { ecs, ocsf } = format('PERMISSIONS_UPDATE', message);
		const email = 'grace@example.com';
		const name = fullName === undefined ? {} : { full_name: fullName };
		expect((ecs.user as Fields).target).toEqual({ name: email, email, ...name });
		expect(ocsf.user).toEqual({ name: email, email_addr: email, ...name });
	});

	it('may be given by its ID', () => {
		const message = { subject_type: 'USER', subject_description: `${id} (grace@example.com)` };
		const { ecs, ocsf } = format('PERMISSIONS_UPDATE', message);
		expect(ecs).toMatchObject({ user: { target: { id, email: 'grace@example.com' } } });
		expect(ocsf).toMatchObject({ user: { uid: id, name: 'grace@example.com' } });
	});

	it.each(['Grace', 'Grace (Analytics)', 'Grace ()', '()', '@'])(
		'%s is a name alone',
		(description) => {
			const message = { subject_type: 'USER', subject_description: description };
			const { ecs, ocsf } = format('PERMISSIONS_UPDATE', message);
			expect((ecs.user as Fields).target).toEqual({ name: description });
			expect(ocsf.user).toEqual({ name: description });
		},
	);

	it('is not taken apart if it is a group', () => {
		const message = { subject_type: 'GROUP', subject_description: 'Audit (audit@example.com)' };
		expect(format('PERMISSIONS_UPDATE', message)).toMatchObject({
			ecs: { group: { name: 'Audit (audit@example.com)' } },
			ocsf: { group: { name: 'Audit (audit@example.com)' } },
		});
	});
});

describe('related users and observables', () => {
	it.each([
		'PERMISSIONS_UPDATE',
		'DATA_POOL_CREATED',
		'GROUP_UPDATED',
		'NEW_FEATURE',
		'TEAM_UPDATED',
	])('are all whom %s names', (event) => {
		const message = {
			email: 'a@example.com',
			userEmail: 'b@example.com',
			invitee: 'Carl (c@example.com)',
			sender: 'd@example.com',
			userId: 'u-5 (e@example.com)',
			oldUserName: 'Frank',
			updatedUserName: 'Franklin',
			subject_description: 'Grace <g@example.com>',
			approver: 'h@example.com',
			recipients: ['i@example.com', 'Jo (j@example.com)', 7, null],
		};
		const emails = 'abcdeghij'.split('').map((letter) => `${letter}@example.com`);
		const named = ['u-1', 'ada@example.com', 'u-5', 'Frank', 'Franklin', ...emails];
		expect(getRelatedUsers(event, message)).toEqual(expect.arrayContaining(named));
		expect(getObservedValues(event, message)).toEqual(expect.arrayContaining(named));
	});

	it('are not texts with an @ that name nobody', () => {
		const message = {
			name: '@scope/package',
			reason: 'write to a@example.com today',
			note: 'a@b c',
		};
		expect(getRelatedUsers('DATA_POOL_CREATED', message)).toEqual(['u-1', 'ada@example.com']);
	});

	it('are listed once', () => {
		const message = { email: 'ada@example.com', sender: 'Ada (ada@example.com)', userId: 'u-1' };
		expect(getRelatedUsers('TEAM_MEMBERSHIP_UPDATED', message)).toEqual([
			'u-1',
			'ada@example.com',
			'Ada',
		]);
	});

	it('name the attribute of the document, or the field of the message', () => {
		const message = {
			userEmail: 'new@example.com',
			id: 'g-1',
			name: 'Analysts',
			sender: 'x@y.com',
		};
		const { ocsf } = format('USER_JOIN_GROUP', message, { ipAddress: '203.0.113.7' });
		expect((ocsf.observables as Fields[]).map(({ name, value }) => `${name} ${value}`)).toEqual([
			'actor.user.name ada@example.com',
			'actor.user.uid u-1',
			'actor.user.email_addr ada@example.com',
			'user.name new@example.com',
			'user.email_addr new@example.com',
			'group.name Analysts',
			'group.uid g-1',
			'src_endpoint.ip 203.0.113.7',
			'unmapped.message.sender x@y.com',
		]);
	});
});

describe('a user who is renamed', () => {
	const renamed = { oldUserName: 'Grace', updatedUserName: 'Grace Hopper' };

	it('has the name before and after', () => {
		const message = { ...renamed, userId: 'u-9', email: 'grace@example.com' };
		const email = 'grace@example.com';
		expect(format('USER_NAME_UPDATED', message)).toMatchObject({
			ecs: {
				user: {
					id: 'u-1',
					target: { id: 'u-9', name: 'Grace', email },
					changes: { name: 'Grace Hopper' },
				},
			},
			ocsf: {
				user: { uid: 'u-9', name: 'Grace', email_addr: email },
				user_result: { uid: 'u-9', name: 'Grace Hopper', email_addr: email },
			},
		});
	});

	it('is the actor if the record names nobody else', () => {
		for (const message of [renamed, { ...renamed, userId: 'u-1' }]) {
			expect(format('USER_NAME_UPDATED', message)).toMatchObject({
				ecs: { user: { target: { id: 'u-1', name: 'Grace', email: 'ada@example.com' } } },
				ocsf: { user_result: { uid: 'u-1', name: 'Grace Hopper' } },
			});
		}
	});

	it('has no change if the new name is missing', () => {
		const { ecs, ocsf } = format('USER_NAME_UPDATED', { oldUserName: 'Grace' });
		expect(ecs.user).not.toHaveProperty('changes');
		expect(ocsf).not.toHaveProperty('user_result');
	});
});

describe('a membership of a group', () => {
	it.each(['USER_JOIN_GROUP', 'USER_LEFT_GROUP'])('%s is a change of the user', (event) => {
		const message = { userEmail: 'new@example.com', id: 'g-1', name: 'Analysts' };
		const group = { id: 'g-1', name: 'Analysts' };
		expect(format(event, message).ecs).toMatchObject({
			event: { category: ['iam'], type: ['user', 'change'] },
			user: { id: 'u-1', target: { name: 'new@example.com', group } },
			group,
		});
	});

	it('is a change of the group if the record names no user', () => {
		const { ecs } = format('USER_JOIN_GROUP', { id: 'g-1' });
		expect(ecs).toMatchObject({ event: { type: ['group', 'change'] }, group: { id: 'g-1' } });
		expect(ecs.user).not.toHaveProperty('target');
	});
});

describe('touched objects', () => {
	it.each<[string, Fields, Fields]>([
		[
			'DATA_SOURCE_UPDATED',
			{ dataSourceId: 's', dataSourceName: 'SAP' },
			{ id: 's', name: 'SAP', sub_type: 'Data Source' },
		],
		[
			'DATA_JOB_UPDATED',
			{ dataJobId: 'j', dataJobName: 'Load' },
			{ id: 'j', name: 'Load', sub_type: 'Data Job' },
		],
		[
			'DATA_MODEL_UPDATED',
			{ dataModelId: 'm', dataModelName: 'O2C' },
			{ id: 'm', name: 'O2C', sub_type: 'Data Model' },
		],
		[
			'DATA_POOL_UPDATED',
			{ dataPoolId: 'p', dataPoolName: 'P' },
			{ id: 'p', name: 'P', sub_type: 'Data Pool' },
		],
		[
			'STUDIO_SPACE_UPDATED',
			{ spaceId: 's', spaceName: 'Finance' },
			{ id: 's', name: 'Finance', sub_type: 'Studio Space' },
		],
		[
			'STUDIO_NODE_MOVED',
			{ nodeId: 'n', nodeName: 'View' },
			{ id: 'n', name: 'View', sub_type: 'Studio Asset' },
		],
		[
			'TEAM_UPDATED',
			{ teamId: 't', teamName: 'Acme' },
			{ id: 't', name: 'Acme', sub_type: 'Team' },
		],
		[
			'OAUTH_CLIENT_CREATED',
			{ clientId: 'c', clientName: 'SIEM' },
			{ id: 'c', name: 'SIEM', sub_type: 'OAuth Client' },
		],
		[
			'APPLICATION_KEY_CREATED',
			{ 'application-key-id': 'k' },
			{ id: 'k', sub_type: 'Application Key' },
		],
		[
			'ANALYSIS_EXPORT_AUDIT_LOG_EVENT',
			{ 'Analysis Id': 'a', tableName: 'T' },
			{ id: 'a', name: 'T', sub_type: 'Analysis Export' },
		],
		[
			'STUDIO_INPUT_VARIABLE_UPDATED',
			{ variableKey: 'v' },
			{ id: 'v', sub_type: 'Studio Variable' },
		],
		[
			'TWO_FACTOR_UPDATED',
			{},
			{ name: 'Two-Factor Authentication', sub_type: 'Two-Factor Authentication' },
		],
		['PERMISSIONS_UPDATE', { object_id: 'o', object_description: 'O' }, { id: 'o', name: 'O' }],
		[
			'DATA_MODEL_PERMISSION_ASSIGNMENT_CREATED',
			{ dataModelId: 'm' },
			{ id: 'm', sub_type: 'Data Model' },
		],
		['JOB_EXECUTION_FINISHED', { dataJobId: 'j' }, { id: 'j', sub_type: 'Data Job' }],
	])('%s with %j affects %j', (event, message, target) => {
		expect(format(event, message).ecs.entity).toEqual({ target });
	});

	it('are all that the message names, the affected one first', () => {
		const message = {
			dataPoolId: 'p',
			dataPoolName: 'P2P',
			dataModelId: 'm',
			tableName: 'EKKO',
			dataJobId: 'j',
			status: 'SUCCESS',
		};
		const objects = [
			{ type: 'Data Job', id: 'j' },
			{ type: 'Data Pool', id: 'p', name: 'P2P' },
			{ type: 'Data Model', id: 'm' },
			{ type: 'Table', name: 'EKKO' },
		];
		const { ecs, ocsf } = format('DATA_JOB_MANUALLY_EXECUTED', message);
		expect(ecs.celonis).toMatchObject({ objects });
		expect(ocsf.resources).toEqual(
			objects.map(({ id, ...rest }) => ({ ...(id !== undefined && { uid: id }), ...rest })),
		);
		expect(getObservedValues('DATA_JOB_UPDATED', message)).toEqual(
			expect.arrayContaining(['j', 'p', 'm']),
		);
	});

	it('have their version', () => {
		const message = { packageKey: 'p-1', name: 'Finance', version: '1.2.0', spaceId: 's' };
		expect(format('STUDIO_PACKAGE_PUBLISHED', message)).toMatchObject({
			ecs: {
				entity: { target: { id: 'p-1', name: 'Finance', sub_type: 'Studio Package' } },
				package: { name: 'Finance', version: '1.2.0' },
				celonis: { object: { type: 'Studio Package', id: 'p-1', version: '1.2.0' } },
			},
			ocsf: { entity: { uid: 'p-1', name: 'Finance', version: '1.2.0' } },
		});
	});

	it('have the user of a key', () => {
		expect(format('USER_GENERATE_API_KEY', { email: 'grace@example.com' }).ocsf).toMatchObject({
			entity: { type: 'API Key', user: { name: 'grace@example.com' } },
		});
	});
});

describe('all keys of messages that are publicly known', () => {
	it('keep their values in the parsed model of a record', () => {
		const message = {
			teamName: 'teamName',
			spaceName: 'spaceName',
			dataJobName: 'dataJobName',
			dataModelName: 'dataModelName',
			dataSourceId: 'dataSourceId',
			dataSourceName: 'dataSourceName',
			nodeKey: 'nodeKey',
			sender: 'sender',
			userId: 'userId',
			version: 'version',
		};
		const { objects, namedUsers } = parseDetails(create('DATA_SOURCE_UPDATED', message));
		const text = JSON.stringify([objects, namedUsers]);
		for (const value of Object.values(message)) expect(text).toContain(`"${value}"`);
	});
});
