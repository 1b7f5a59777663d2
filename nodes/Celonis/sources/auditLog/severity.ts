/**
 * How bad each audit event is: one table, for both ECS and OCSF. The first rule counts whose events
 * include the event and whose condition, if any, holds for the record. docs/events.md shows the result
 * for each documented event.
 */
import { parsePattern } from '../../filters/pattern';
import type { Severity } from '../../output/severity';
import { PRESETS, type Preset } from './filters/presets';
import {
	SEVERITY_CONDITIONS,
	type SeverityCondition,
	type SeverityFacts,
} from './severityConditions';

/** Which events have a severity, and why. */
export interface SeverityRule extends Severity {
	/** Patterns of event names. They also match names that Celonis adds. */
	readonly events?: readonly string[];
	/** A preset whose events the rule is about. */
	readonly preset?: Preset;
	/** What the record has to say. */
	readonly when?: SeverityCondition;
}

const LOGS = ['AUDIT_LOG*', 'LOGIN_HISTORY*'];

export const SEVERITY_RULES: readonly SeverityRule[] = [
	// Tampering with the audit trail
	{
		level: 'critical',
		reason: 'Log deletion',
		events: ['AUDIT_LOG*_DELETED', 'LOGIN_HISTORY*_DELETED'],
	},
	{
		level: 'critical',
		reason: 'Logging off',
		events: ['AUDIT_LOG*_DISABLED', 'LOGIN_HISTORY*_DISABLED'],
	},
	{ level: 'critical', reason: 'Logging off', events: LOGS, when: 'switchedOff' },
	{ level: 'critical', reason: 'Retention shortened', events: LOGS, when: 'retentionShortened' },
	{ level: 'critical', reason: 'Team deletion', events: ['TEAM_DELETED'] },
	{ level: 'medium', reason: 'Log download', events: LOGS.map((log) => `${log}_DOWNLOADED`) },
	{ level: 'medium', reason: 'Logging on', events: LOGS, when: 'switchedOn' },
	{ level: 'high', reason: 'Log settings', events: LOGS },
	{ level: 'high', reason: 'Log deletion', events: ['TRACKING_EVENT_DELETED'] },
	{
		level: 'high',
		reason: 'Notifications off',
		events: ['TEAM_ADMIN_EVENT_NOTIFICATION_DISABLED'],
	},

	// Admin rights
	{ level: 'high', reason: 'Admin rights', events: ['*'], when: 'adminPermission' },
	{ level: 'high', reason: 'Admin rights', events: ['USER_JOIN_GROUP'], when: 'adminGroup' },
	{
		level: 'low',
		reason: 'Revocation',
		events: ['TEAM_MEMBERSHIP_DELETED', 'USER_LEFT_GROUP', 'DATA_MODEL_PERMISSION_*_DELETED'],
	},
	{ level: 'high', reason: 'Admin rights', preset: 'permissions', when: 'adminRole' },
	{ level: 'high', reason: 'Admin rights', preset: 'users', when: 'adminRole' },

	// Protection that is taken away
	{ level: 'low', reason: 'Sign-up off', events: ['OPEN_SIGNUP_*'], when: 'switchedOff' },
	{ level: 'high', reason: 'Sign-up on', events: ['OPEN_SIGNUP_*'], when: 'switchedOn' },
	{ level: 'high', reason: 'Protection off', preset: 'signOnAndKeys', when: 'switchedOff' },
	{
		level: 'high',
		reason: 'Protection off',
		events: ['IP_RESTRICTIONS_RESET', 'SSO_PROVIDER_DELETED', 'DATA_MODEL_PERMISSION_DISABLED'],
	},

	// Credentials and shares that end
	{
		level: 'low',
		reason: 'Revocation',
		events: [
			'APPLICATION_KEY_DELETED',
			'LLM_EXTERNAL_CREDENTIALS_DELETED',
			'OAUTH_CLIENT_ACCESS_REVOKED',
			'OAUTH_CLIENT_DELETED',
			'USER_DELETE_API_KEY',
		],
	},
	{
		level: 'low',
		reason: 'Revocation',
		events: [
			'DATA_POOL_OUTBOUND_SHARE_DELETED',
			'EXPORT_PARQUET_DISCLAIMER_AGREEMENT_DELETED',
			'TEAM_TO_TEAM_COPY_*_DELETED',
		],
	},

	// Who may do what, how to sign in, and where data goes
	{ level: 'low', reason: 'Password', events: ['USER_CHANGE_PASSWORD'] },
	{ level: 'medium', reason: 'Permissions', preset: 'permissions' },
	{ level: 'medium', reason: 'Sign-on and keys', preset: 'signOnAndKeys' },
	{ level: 'informational', reason: 'Routine', events: ['VIEW_REPORT_DELIVERY_*_SUCCEEDED'] },
	{ level: 'low', reason: 'Export', events: ['*_CSV_DOWNLOADED', 'VIEW_REPORT_TRIGGER_*'] },
	{ level: 'medium', reason: 'Export', preset: 'dataLeaving' },
	{ level: 'medium', reason: 'Notifications', preset: 'auditTrail' },
	{ level: 'low', reason: 'Users', preset: 'users' },

	// What runs a team
	{ level: 'low', reason: 'Publication', preset: 'publication' },
	{ level: 'low', reason: 'Settings', events: ['LLM_KILL_SWITCH_*', 'TEAM_UPDATED', 'UPLINK_*'] },
	{
		level: 'low',
		reason: 'Deletion',
		events: [
			'DATA_MODEL_DELETED',
			'DATA_POOL_DELETED',
			'DATA_SOURCE_DELETED',
			'ML_WORKSPACE_DELETED',
			'STUDIO_PACKAGE_DELETED',
			'STUDIO_SPACE_DELETED',
			'TASK_MINING_PROJECT_DELETED',
		],
	},
	{ level: 'low', reason: 'Failure', events: ['*'], when: 'failed' },
];

const ROUTINE: Severity = { level: 'informational', reason: 'Routine' };

const compiledRules = SEVERITY_RULES.map((rule) => ({
	rule,
	names: new Set<string>(rule.preset && PRESETS[rule.preset].events),
	patterns: rule.events?.map((pattern) => parsePattern(pattern)) ?? [],
}));

/** The rules that may apply to an event of this name, in their order. */
export function findSeverityRules(eventName: string): readonly SeverityRule[] {
	const rules = compiledRules
		.filter(
			({ names, patterns }) =>
				names.has(eventName) || patterns.some((matches) => matches?.(eventName)),
		)
		.map(({ rule }) => rule);
	const last = rules.findIndex(({ when }) => when === undefined);
	return last < 0 ? rules : rules.slice(0, last + 1);
}

/** The severity by the first of an event's rules that applies to what its record says. */
export function selectSeverity(rules: readonly SeverityRule[], facts: SeverityFacts): Severity {
	const { level, reason } =
		rules.find(({ when }) => !when || SEVERITY_CONDITIONS[when](facts)) ?? ROUTINE;
	return { level, reason };
}

/** The severity of an event by its name, and by what its record says. */
export function getSeverity(eventName: string, facts: SeverityFacts = {}): Severity {
	return selectSeverity(findSeverityRules(eventName), facts);
}
