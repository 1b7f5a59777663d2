import { describe, expect, it } from '@jest/globals';
import { parsePattern } from '../../../../nodes/Celonis/filters/pattern';
import { SEVERITIES } from '../../../../nodes/Celonis/output/severity';
import { auditLog } from '../../../../nodes/Celonis/sources/auditLog';
import { EVENT_NAMES } from '../../../../nodes/Celonis/sources/auditLog/catalogue';
import { PRESETS } from '../../../../nodes/Celonis/sources/auditLog/filters/presets';
import { parseDetails } from '../../../../nodes/Celonis/sources/auditLog/output/details';
import { getSeverity, SEVERITY_RULES } from '../../../../nodes/Celonis/sources/auditLog/severity';
import { loginHistory } from '../../../../nodes/Celonis/sources/loginHistory';
import schema from '../../../schemas/ocsf-1.8.0.json' with { type: 'json' };
import { createEvent } from '../../../support/events.mts';

type Fields = Record<string, unknown>;

const base = { userId: 'u-1 (ada@example.com)', timestamp: '2026-02-02T14:52:10.903Z' };
const getLevel = (raw: Fields) =>
	parseDetails(createEvent(auditLog, { ...base, ...raw })).severity.level;
const change = (oldValue: unknown, newValue: unknown) => ({ diffPayload: { oldValue, newValue } });

describe('severities', () => {
	it('are those of OCSF', () => {
		const names = schema.classes.base_event.attributes.severity_id.enum;
		for (const { id, name } of Object.values(SEVERITIES)) {
			expect(names).toHaveProperty(String(id), name);
		}
	});

	it('are the same number in both schemas, with their reason', () => {
		const event = createEvent(auditLog, { ...base, event: 'AUDIT_LOGS_DELETED' });
		expect(auditLog.formatters.ecs(event)).toMatchObject({
			event: { severity: 5 },
			celonis: { severity: { level: 'critical', reason: 'Log deletion' } },
		});
		expect(auditLog.formatters.ocsf(event)).toMatchObject({
			severity_id: 5,
			severity: 'Critical',
			unmapped: { severityReason: 'Log deletion' },
		});
	});

	it('are never Unknown, and have a reason of a word or a few', () => {
		for (const name of [...EVENT_NAMES, 'NEW_FEATURE', '']) {
			const { level, reason } = getSeverity(name);
			expect(SEVERITIES[level].id).toBeGreaterThan(0);
			expect(reason).toMatch(/^[A-Z][a-z-]+( [a-z]+){0,2}$/);
		}
	});
});

it('does not take the foreign keys of data models for credentials', () => {
	expect(getLevel({ event: 'DATA_MODEL_FOREIGN_KEY_DELETED' })).toBe('informational');
	expect(getLevel({ event: 'APPLICATION_KEY_DELETED' })).toBe('low');
	expect(getLevel({ event: 'USER_DELETE_API_KEY' })).toBe('low');
});

describe('the table', () => {
	const patternsThatStandForNewNames = ['AUDIT_LOG*_DISABLED', 'LOGIN_HISTORY*_DISABLED'];

	it('has no pattern without a documented event, and no rule that never counts', () => {
		const patterns = SEVERITY_RULES.flatMap(({ events = [] }) => events);
		const unused = patterns.filter(
			(pattern) => !EVENT_NAMES.some((name) => parsePattern(pattern)!(name)),
		);
		expect(unused).toEqual(patternsThatStandForNewNames);
		const counting = new Set(
			EVENT_NAMES.map((name) => getSeverity(name)).map(({ reason }) => reason),
		);
		for (const { reason, when, events = [] } of SEVERITY_RULES) {
			if (!when && !patternsThatStandForNewNames.includes(events[0] ?? '')) {
				expect(counting).toContain(reason);
			}
		}
	});

	it('has more than informational for all events of security presets', () => {
		const routine = ['VIEW_REPORT_DELIVERY_TRIGGER_SUCCEEDED'];
		for (const { events } of Object.values(PRESETS)) {
			for (const name of events.filter((event) => !routine.includes(event))) {
				expect(`${name} ${getSeverity(name).level}`).not.toContain('informational');
			}
		}
	});

	it('has few events that stand out without a reason in the record', () => {
		const isUrgent = (name: string) => ['high', 'critical'].includes(getSeverity(name).level);
		expect(EVENT_NAMES.filter(isUrgent)).toEqual([
			'AUDIT_LOGS_DELETED',
			'AUDIT_LOG_PREFERENCES_UPDATED',
			'DATA_MODEL_PERMISSION_DISABLED',
			'IP_RESTRICTIONS_RESET',
			'LOGIN_HISTORY_DELETED',
			'LOGIN_HISTORY_PREFERENCES_UPDATED',
			'SSO_PROVIDER_DELETED',
			'TEAM_ADMIN_EVENT_NOTIFICATION_DISABLED',
			'TEAM_DELETED',
			'TRACKING_EVENT_DELETED',
		]);
	});

	it.each([
		['AUDIT_LOG_ARCHIVE_DELETED', 'critical'],
		['AUDIT_LOG_EXPORT_DISABLED', 'critical'],
		['LOGIN_HISTORY_EXPORT_UPDATED', 'high'],
		['DATA_POOL_TELEPORTED', 'informational'],
		['constructor', 'informational'],
	])('covers the undocumented event %s: %s', (name, level) => {
		expect(getSeverity(name).level).toBe(level);
	});
});

describe('tampering with the audit trail', () => {
	it.each<[Fields, string]>([
		[change('{"enabled":true}', '{"enabled":false}'), 'critical'],
		[change({ auditLogEnabled: 'true' }, { auditLogEnabled: 'false' }), 'critical'],
		[change('true', 'false'), 'critical'],
		[change('ENABLED', 'DISABLED'), 'critical'],
		[{ message: { 'audit-log-enabled': false } }, 'critical'],
		[{ message: '{"audit-log-enabled":"false"}' }, 'critical'],
		[change('{"a":{"enabled":false}}', '{"a":{"enabled":false}}'), 'high'],
		[change('{"enabled":false}', '{"enabled":true}'), 'medium'],
		[change('{"retentionDays":365}', '{"retentionDays":30}'), 'critical'],
		[change({ retention: { years: 10 } }, { retention: { years: 1 } }), 'critical'],
		[change('10 years', '30 days'), 'critical'],
		[change('YEARS_1', 'MONTHS_6'), 'critical'],
		[change('P90D', 'P30D'), 'critical'],
		[change('never', '3650'), 'critical'],
		[change('{"retentionDays":null}', '{"retentionDays":"30"}'), 'critical'],
		[change('30', '365'), 'high'],
		[change('6 months', '1 year'), 'high'],
		[change('30', 'never'), 'high'],
		[change('{"pageSize":100}', '{"pageSize":10}'), 'high'],
		[change(undefined, '30'), 'high'],
		[{}, 'high'],
	])('%j is %s', (raw, level) => {
		expect(getLevel({ event: 'AUDIT_LOG_PREFERENCES_UPDATED', ...raw })).toBe(level);
		expect(getLevel({ event: 'LOGIN_HISTORY_PREFERENCES_UPDATED', ...raw })).toBe(level);
	});
});

describe('grants of admin rights', () => {
	const grant = (before: unknown, after: unknown) => ({
		event: 'PERMISSIONS_UPDATE',
		message: { old_permissions: before, new_permissions: after },
	});

	it.each<[Fields, string]>([
		[grant(['READ'], ['READ', 'ADMIN']), 'high'],
		[grant([], ['TEAM_ADMINISTRATOR']), 'high'],
		[grant([], 'Edit permissions'), 'high'],
		[grant(undefined, '["MANAGE_USERS"]'), 'high'],
		[{ ...grant([], ['ADMIN']), event: 'NEW_PERMISSIONS_FEATURE' }, 'high'],
		[grant(['ADMIN'], ['READ']), 'medium'],
		[grant(['ADMIN'], ['ADMIN', 'READ']), 'medium'],
		[grant([], ['READ']), 'medium'],
		[{ event: 'ADMIN USER INVITED', message: { invitee: 'a@b.com', role: 'ADMIN' } }, 'high'],
		[{ event: 'ADMIN USER INVITED', message: { invitee: 'a@b.com', role: 'MEMBER' } }, 'medium'],
		[
			{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('{"role":"MEMBER"}', '{"role":"ADMIN"}') },
			'high',
		],
		[{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('MEMBER', 'ADMIN') }, 'high'],
		[{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('["MEMBER"]', '["TEAM_ADMIN"]') }, 'high'],
		[{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('ADMIN', 'MEMBER') }, 'medium'],
		[{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('TEAM_ADMIN', 'ADMIN') }, 'medium'],
		[{ event: 'GROUP_UPDATED', ...change('Administration', 'Admin office') }, 'medium'],
		[
			{ event: 'TEAM_MEMBERSHIP_UPDATED', ...change('{"roles":["ADMIN"]}', '{"roles":["ADMIN"]}') },
			'medium',
		],
		[
			{ event: 'TEAM_MEMBERSHIP_UPDATED', message: { oldRole: 'ANALYST', newRole: 'ADMIN' } },
			'high',
		],
		[
			{ event: 'TEAM_MEMBERSHIP_UPDATED', message: { oldRole: 'ADMIN', newRole: 'MEMBER' } },
			'medium',
		],
		[{ event: 'TEAM_MEMBERSHIP_DELETED', message: { role: 'ADMIN' } }, 'low'],
		[{ event: 'USER_JOIN_GROUP', message: { id: 'g', name: 'Platform Admins' } }, 'high'],
		[{ event: 'USER_JOIN_GROUP', message: { id: 'g', name: 'Analysts' } }, 'medium'],
		[{ event: 'USER_LEFT_GROUP', message: { id: 'g', name: 'Platform Admins' } }, 'low'],
		[{ event: 'STUDIO_NODE_CREATED', message: { role: 'ADMIN' } }, 'informational'],
	])('%j is %s', (raw, level) => {
		expect(getLevel(raw)).toBe(level);
	});
});

describe('other events', () => {
	it.each<[Fields, string]>([
		[{ event: 'TWO_FACTOR_UPDATED', ...change('true', 'false') }, 'high'],
		[{ event: 'TWO_FACTOR_UPDATED', ...change('false', 'true') }, 'medium'],
		[{ event: 'OPEN_SIGNUP_UPDATED', ...change('true', 'false') }, 'low'],
		[{ event: 'OPEN_SIGNUP_UPDATED', ...change('false', 'true') }, 'high'],
		[{ event: 'DATA_JOB_MANUALLY_EXECUTED', message: { status: 'FAILED' } }, 'low'],
		[{ event: 'DATA_JOB_MANUALLY_EXECUTED', message: { status: 'SUCCESS' } }, 'informational'],
		[{ event: 'STUDIO_NODE_DELETED' }, 'informational'],
	])('%j is %s', (raw, level) => {
		expect(getLevel(raw)).toBe(level);
	});

	it.each([
		['LOGIN', true, 1],
		['LOGOUT', true, 1],
		['LOGIN', false, 2],
		['BAD_CREDENTIALS', null, 2],
		['ACCOUNT_TEMPORARILY_LOCKED', false, 3],
		['INVALID_2FA_TOKEN', false, 3],
		['LOGIN_WITH_PASSKEY', null, 1],
	])('the login %s with success %p is %d', (authenticationEventType, success, id) => {
		const raw = { ...base, authenticationEventType, success, email: 'a@example.com' };
		const event = createEvent(loginHistory, raw);
		expect(loginHistory.formatters.ecs(event)).toMatchObject({ event: { severity: id } });
		expect(loginHistory.formatters.ocsf(event)).toMatchObject({ severity_id: id });
	});
});
