import { LOGIN_TYPE_NAMES } from '../../../nodes/Celonis/sources/loginHistory/loginTypes.ts';

/** A record, and how many seconds after the start of its case it happens. */
export interface TimedRecord {
	readonly atS: number;
	readonly record: Readonly<Record<string, unknown>>;
}

/** Records that happen together, by what is special about them. */
export type Cases = Readonly<Record<string, readonly TimedRecord[]>>;

export interface RuleCases {
	readonly matches: Cases;
	readonly ignores: Cases;
}

const ADA = '0f1e2d3c-0000-4000-8000-000000000001 (ada@example.com)';
const ALAN = '0f1e2d3c-0000-4000-8000-000000000002 (alan@example.com)';
const SYSTEM = 'celonis-service (SYSTEM)';

/** One audit event, half a minute after the start. */
function audit(event: string, changes: Readonly<Record<string, unknown>> = {}): TimedRecord[] {
	const record = { userId: ADA, userRole: 'ADMIN', event, message: null, ...changes };
	return [{ atS: 30, record }];
}

function login(type: string, changes: Readonly<Record<string, unknown>> = {}): TimedRecord[] {
	const success = /^LOG(IN|OUT)/.test(type);
	const record = { authenticationEventType: type, email: 'ada@example.com', success, ...changes };
	return [{ atS: 30, record }];
}

const later = (records: readonly TimedRecord[], seconds: number): TimedRecord[] =>
	records.map(({ atS, record }) => ({ atS: atS + seconds, record }));

/** As many times, this many seconds apart. */
function repeat(count: number, everyS: number, create: (index: number) => TimedRecord[]) {
	return Array.from({ length: count }, (_, index) => later(create(index), index * everyS)).flat();
}

const diff = (oldValue: unknown, newValue: unknown) => ({ diffPayload: { oldValue, newValue } });

const permissions = (before: unknown, after: unknown, event = 'PERMISSIONS_UPDATE') =>
	audit(event, {
		message: {
			subject_description: 'alan@example.com',
			subject_type: 'USER',
			old_permissions: before,
			new_permissions: after,
		},
	});

const FAILED = { message: { status: 'FAILED', reason: 'no permission' } };

/** The events of these names, each as a case of its own. */
const each = (names: readonly string[], changes = {}): Cases =>
	Object.fromEntries(names.map((name) => [name, audit(name, changes)]));

const eachLogin = (types: readonly string[]): Cases =>
	Object.fromEntries(types.map((type) => [type, login(type)]));

const mistake = (index = 0) =>
	login(index % 3 === 2 ? 'INVALID_2FA_TOKEN' : 'BAD_CREDENTIALS', { success: false });
const mistakeOf = (email: string) => () => login('BAD_CREDENTIALS', { email });

const EXPORTS = [
	'ANALYSIS_EXPORT_AUDIT_LOG_EVENT',
	'DATA_POOL_EXPORTED',
	'USER_GROUPS_CSV_DOWNLOADED',
];
const anExport =
	(userId = ADA) =>
	(index: number) =>
		audit(EXPORTS[index % EXPORTS.length]!, { userId });
const DELETIONS = ['DATA_MODEL_DELETED', 'STUDIO_NODE_DELETED', 'STUDIO_PACKAGE_MOVED_TO_TRASH'];
const aDeletion =
	(userId = ADA) =>
	(index: number) =>
		audit(DELETIONS[index % DELETIONS.length]!, { userId });

const ENABLED = '{\n  "name": "Okta",\n  "enabled": true\n}';
const DISABLED = '{"name":"Okta","enabled":false}';

/** For each rule, events for which it must match, and events for which it must not. */
export const CASES: Readonly<Record<string, RuleCases>> = {
	'celonis_audit_log_deleted.yml': {
		matches: {
			...each(['AUDIT_LOGS_DELETED', 'LOGIN_HISTORY_DELETED', 'TRACKING_EVENT_DELETED']),
			'by a bare id': audit('AUDIT_LOGS_DELETED', { userId: 'user2' }),
			'by nobody': audit('AUDIT_LOGS_DELETED', { userId: '' }),
		},
		ignores: {
			'by a retention period': audit('AUDIT_LOGS_DELETED', { userId: SYSTEM }),
			...each(['AUDIT_LOG_CSV_DOWNLOADED', 'AUDIT_LOG_PREFERENCES_UPDATED', 'DATA_JOB_DELETED']),
		},
	},
	'celonis_audit_retention_or_alerts_changed.yml': {
		matches: {
			...each(['AUDIT_LOG_PREFERENCES_UPDATED', 'TEAM_ADMIN_EVENT_NOTIFICATION_DISABLED']),
			'a shorter period': audit('AUDIT_LOG_PREFERENCES_UPDATED', diff('2 years', '30 days')),
			'the Login History is disabled': audit('LOGIN_HISTORY_PREFERENCES_UPDATED', {
				message: { 'login-history-enabled': false },
			}),
		},
		ignores: each([
			'TEAM_ADMIN_EVENT_NOTIFICATION_ENABLES',
			'TEAM_ADMIN_EVENT_NOTIFICATION_UPDATED',
			'VARIABLE_PREFERENCES_UPDATED',
			'AUDIT_LOG_CSV_DOWNLOADED',
		]),
	},
	'celonis_audit_admin_granted.yml': {
		matches: {
			gained: permissions(['READ'], ['ADMIN', 'READ']),
			'gained by somebody without permissions': permissions([], ['ADMIN']),
			'the old permissions are unknown': permissions(undefined, ['READ', 'ADMIN']),
			'in lower case': permissions(['read'], ['read', 'admin']),
			'as text': permissions('READ', 'ADMIN, READ'),
			'an admin permission of a service': permissions(['READ'], ['DATA_POOL_ADMIN']),
			'all of a service, then of the team': permissions(
				['DATA_POOL_ADMIN'],
				['DATA_POOL_ADMIN', 'ADMIN'],
			),
			'of a data model': permissions([], ['ADMIN'], 'DATA_MODEL_PERMISSION_ASSIGNMENT_CREATED'),
			'a role': audit('TEAM_MEMBERSHIP_UPDATED', diff('MEMBER', 'ADMIN')),
			'a role in JSON': audit(
				'TEAM_MEMBERSHIP_UPDATED',
				diff('{"role":"ANALYST"}', '{"role":"ADMIN"}'),
			),
			'a new member': audit('TEAM_MEMBERSHIP_CREATED', diff(null, 'ADMIN')),
			'an invitation': audit('ADMIN USER INVITED', {
				message: { sender: 'ada@example.com', invitee: 'new@example.com' },
			}),
			'by the system': audit('PERMISSIONS_UPDATE', {
				userId: SYSTEM,
				message: { old_permissions: ['READ'], new_permissions: ['ADMIN'] },
			}),
		},
		ignores: {
			lost: permissions(['ADMIN', 'READ'], ['READ']),
			kept: permissions(['ADMIN'], ['ADMIN', 'READ']),
			'other permissions': permissions(['READ'], ['READ', 'WRITE']),
			'no permissions left': permissions(['ADMIN'], []),
			'in another event': permissions([], ['ADMIN'], 'GROUP_UPDATED'),
			'a role that was lost': audit('TEAM_MEMBERSHIP_UPDATED', diff('ADMIN', 'MEMBER')),
			'a role that is not stated': audit('TEAM_MEMBERSHIP_UPDATED'),
			'a name with the word': audit('TEAM_MEMBERSHIP_UPDATED', diff('a', 'Administration Berlin')),
			'a failed attempt': audit('PERMISSIONS_UPDATE', {
				message: { old_permissions: [], new_permissions: ['ADMIN'], status: 'FAILED' },
			}),
			'a message that is text': audit('PERMISSIONS_UPDATE', { message: 'ADMIN' }),
		},
	},
	'celonis_audit_key_created.yml': {
		matches: each([
			'APPLICATION_KEY_CREATED',
			'OAUTH_CLIENT_CREATED',
			'OAUTH_CLIENT_SECRET_REGENERATED',
			'USER_GENERATE_API_KEY',
		]),
		ignores: {
			...each(['APPLICATION_KEY_DELETED', 'OAUTH_CLIENT_DELETED', 'USER_DELETE_API_KEY']),
			'a failed attempt': audit('OAUTH_CLIENT_CREATED', FAILED),
		},
	},
	'celonis_audit_two_factor_weakened.yml': {
		matches: {
			'nothing is stated': audit('TWO_FACTOR_UPDATED'),
			disabled: audit('TWO_FACTOR_UPDATED', diff('true', 'false')),
			'disabled in JSON': audit('TWO_FACTOR_UPDATED', diff(ENABLED, DISABLED)),
			'on, but not enforced': audit(
				'TWO_FACTOR_UPDATED',
				diff('{"enabled":true,"enforced":true}', '{"enabled":true,"enforced":false}'),
			),
			'not required any more': audit('TWO_FACTOR_UPDATED', diff('REQUIRED', 'NOT REQUIRED')),
		},
		ignores: {
			enabled: audit('TWO_FACTOR_UPDATED', diff('false', 'true')),
			'enabled in JSON': audit('TWO_FACTOR_UPDATED', diff(DISABLED, ENABLED)),
			enforced: audit('TWO_FACTOR_UPDATED', diff('OPTIONAL', 'ENFORCED')),
			on: audit('TWO_FACTOR_UPDATED', diff('off', 'On')),
			'a failed attempt': audit('TWO_FACTOR_UPDATED', { ...FAILED, ...diff('true', 'false') }),
			'another setting': audit('SESSION_TIMEOUT_PREFERENCES_UPDATED', diff('true', 'false')),
		},
	},
	'celonis_audit_sso_disabled.yml': {
		matches: {
			...each(['SSO_PROVIDER_DELETED', 'SSO_PROVIDER_TOGGLED']),
			disabled: audit('SSO_PROVIDER_TOGGLED', diff(ENABLED, DISABLED)),
			'deleted while it was on': audit('SSO_PROVIDER_DELETED', diff(ENABLED, 'true')),
			'toggled successfully': audit('SSO_PROVIDER_TOGGLED', {
				message: { name: 'Okta', status: 'SUCCESS' },
			}),
		},
		ignores: {
			enabled: audit('SSO_PROVIDER_TOGGLED', diff(DISABLED, ENABLED)),
			'enabled as text': audit('SSO_PROVIDER_TOGGLED', diff('DISABLED', 'ENABLED')),
			'a failed attempt': audit('SSO_PROVIDER_DELETED', FAILED),
			...each(['SSO_PROVIDER_CREATED', 'SSO_PROVIDER_UPDATED']),
		},
	},
	'celonis_audit_sign_in_policy_changed.yml': {
		matches: each([
			'MEMBER_LOCK_POLICY_UPDATED',
			'OPEN_SIGNUP_UPDATED',
			'SCIM_UPDATED',
			'SESSION_TIMEOUT_PREFERENCES_UPDATED',
			'SSO_PROVIDER_CREATED',
			'SSO_PROVIDER_UPDATED',
		]),
		ignores: {
			...each(['TEAM_UPDATED', 'TWO_FACTOR_UPDATED', 'USER_CHANGE_PASSWORD']),
			'a failed attempt': audit('SSO_PROVIDER_UPDATED', FAILED),
		},
	},
	'celonis_audit_ip_restrictions_removed.yml': {
		matches: {
			...each(['IP_RESTRICTIONS_RESET']),
			'set to nothing': audit('IP_RESTRICTIONS_SET', diff('10.0.0.0/8', '')),
			'set to null': audit('IP_RESTRICTIONS_SET', diff('10.0.0.0/8', null)),
			'set to an empty list': audit('IP_RESTRICTIONS_SET', diff('["10.0.0.0/8"]', '[\n]')),
			'set to every address': audit('IP_RESTRICTIONS_SET', diff('10.0.0.0/8', '0.0.0.0/0')),
			'every address in a list': audit('IP_RESTRICTIONS_SET', diff('[]', '["10.0.0.0/8","::/0"]')),
		},
		ignores: {
			'nothing is stated': audit('IP_RESTRICTIONS_SET'),
			'neither value is stated': audit('IP_RESTRICTIONS_SET', diff(null, null)),
			set: audit('IP_RESTRICTIONS_SET', diff('', '["203.0.113.0/24"]')),
			'a short prefix': audit('IP_RESTRICTIONS_SET', diff('', '10.0.0.0/08')),
			'a failed attempt': audit('IP_RESTRICTIONS_RESET', FAILED),
			'another setting': audit('TEAM_UPDATED', diff('10.0.0.0/8', '')),
		},
	},
	'celonis_audit_data_shared_outside.yml': {
		matches: each([
			'DATA_POOL_OUTBOUND_SHARE_CREATED',
			'DATA_POOL_OUTBOUND_SHARE_CREDENTIALS_UPDATED',
			'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_AUTHORIZED',
			'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_CREATED',
		]),
		ignores: {
			...each([
				'DATA_POOL_OUTBOUND_SHARE_DELETED',
				'DATA_POOL_OUTBOUND_SHARE_UPDATED',
				'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_DELETED',
				'TEAM_TO_TEAM_COPY_SCHEDULING_CREATED',
			]),
			'a failed attempt': audit('DATA_POOL_OUTBOUND_SHARE_CREATED', FAILED),
		},
	},
	'celonis_audit_data_exported.yml': {
		matches: each([...EXPORTS, 'AUDIT_LOG_CSV_DOWNLOADED', 'DATA_SOURCE_EXPORTED']),
		ignores: {
			...each(['DATA_SOURCE_IMPORTED', 'VIEW_REPORT_DELIVERY_TRIGGER_SUCCEEDED']),
			'by the system': audit('DATA_POOL_EXPORTED', { userId: SYSTEM }),
		},
	},
	'celonis_audit_content_deleted.yml': {
		matches: each([...DELETIONS, 'PACKAGE_MOVED_TO_TRASH', 'STUDIO_SPACE_DELETED']),
		ignores: {
			...each(['PACKAGE_RESTORED_FROM_TRASH', 'USER_DELETE_API_KEY', 'STUDIO_NODE_RESTORED']),
			'by the system': audit('STUDIO_PACKAGE_DELETED', { userId: SYSTEM }),
		},
	},
	'celonis_audit_team_deleted.yml': {
		matches: {
			...each(['TEAM_DELETED']),
			'by the system': audit('TEAM_DELETED', { userId: SYSTEM }),
		},
		ignores: each(['TEAM_UPDATED', 'TEAM_MEMBERSHIP_DELETED']),
	},
	'celonis_audit_llm_kill_switch.yml': {
		matches: each(['LLM_KILL_SWITCH_DISABLED', 'LLM_KILL_SWITCH_ENABLED']),
		ignores: each(['LLM_MODEL_DISABLED', 'LLM_CONFIGURATION_ENABLED']),
	},
	'celonis_login_failed.yml': {
		matches: {
			...eachLogin(['ACCOUNT_TEMPORARILY_LOCKED', 'BAD_CREDENTIALS', 'INVALID_2FA_TOKEN']),
			'a login without success': login('LOGIN_SSO', { success: false }),
			'a login without success, as text': login('LOGIN', { success: 'FALSE' }),
		},
		ignores: {
			...eachLogin(['LOGIN', 'LOGIN_SSO', 'LOGOUT', 'NOT_MEMBER_OF_TEAM', 'INVALID_PROVIDER']),
			'a logout without success': login('LOGOUT', { success: false }),
		},
	},
	'celonis_login_succeeded.yml': {
		matches: {
			...eachLogin(['LOGIN', 'LOGIN_CELONIS_ID', 'LOGIN_OIDC', 'LOGIN_SSO']),
			'nothing is stated': login('LOGIN', { success: undefined }),
		},
		ignores: {
			...eachLogin(['BAD_CREDENTIALS', 'LOGOUT']),
			'without success': login('LOGIN', { success: false }),
			'without success, as text': login('LOGIN', { success: 'false' }),
		},
	},
	'celonis_login_inactive_member.yml': {
		matches: eachLogin(['ACCOUNT_NOT_ACTIVE', 'NOT_MEMBER_OF_TEAM', 'TEAM_MEMBERSHIP_NOT_ACTIVE']),
		ignores: eachLogin(LOGIN_TYPE_NAMES.filter((type) => !/NOT_ACTIVE|NOT_MEMBER/.test(type))),
	},
	'mr_celonis_mass_export.yml': {
		matches: {
			'twenty within an hour': repeat(20, 180, anExport()),
			'twenty of a bare id': repeat(20, 10, anExport('user2')),
			'among those of others': [...repeat(20, 60, anExport()), ...repeat(9, 60, anExport(ALAN))],
		},
		ignores: {
			nineteen: repeat(19, 10, anExport()),
			'slowly, all day': repeat(40, 200, anExport()),
			'of two users': [...repeat(19, 60, anExport()), ...repeat(19, 60, anExport(ALAN))],
			'of the system': repeat(30, 10, anExport(SYSTEM)),
			'other events': repeat(30, 10, () => audit('STUDIO_NODE_UPDATED')),
		},
	},
	'mr_celonis_mass_deletion.yml': {
		matches: { 'twenty within an hour': repeat(20, 180, aDeletion()) },
		ignores: {
			nineteen: repeat(19, 10, aDeletion()),
			'of two users': [...repeat(15, 60, aDeletion()), ...repeat(15, 60, aDeletion(ALAN))],
			'of the system': repeat(30, 10, aDeletion(SYSTEM)),
		},
	},
	'mr_celonis_many_failed_logins.yml': {
		matches: {
			'ten within ten minutes': repeat(10, 66, mistake),
			'ten after some others': [
				...repeat(3, 600, mistake),
				...later(repeat(10, 30, mistake), 1900),
			],
		},
		ignores: {
			nine: repeat(9, 10, mistake),
			'ten in eleven minutes': repeat(10, 70, mistake),
			'of two users': [...repeat(9, 20, mistake), ...repeat(9, 20, mistakeOf('alan@example.com'))],
			successes: repeat(20, 10, () => login('LOGIN')),
		},
	},
	'mr_celonis_failed_logins_then_success.yml': {
		matches: {
			'a success after ten failures': [
				...repeat(10, 30, mistake),
				...later(login('LOGIN_CELONIS_ID'), 400),
			],
			'half an hour later': [...repeat(10, 30, mistake), ...later(login('LOGIN'), 270 + 1800)],
			'while failures go on': [
				...repeat(100, 59, mistake),
				...later(login('LOGIN'), 100 * 59 + 20),
			],
		},
		ignores: {
			'a success before the failures': [...login('LOGIN'), ...later(repeat(10, 30, mistake), 60)],
			'no success': repeat(12, 30, mistake),
			'a success after nine failures': [...repeat(9, 30, mistake), ...later(login('LOGIN'), 300)],
			'a success of another user': [
				...repeat(10, 30, mistake),
				...later(login('LOGIN', { email: 'alan@example.com' }), 300),
			],
			'a success after more than half an hour': [
				...repeat(10, 30, mistake),
				...later(login('LOGIN'), 270 + 1801),
			],
			'a logout': [...repeat(10, 30, mistake), ...later(login('LOGOUT'), 300)],
		},
	},
};
