import { applicationNames } from './names.mts';
import type { Draft, World } from './world.mts';

/** An event of an admin's, without its time. */
export type AdminEvent = Pick<Draft, 'event' | 'message' | 'diff'>;

/** What an admin does once, on a workday of the team's history: one event a few minutes after the other. */
export interface OneOff {
	/** As in `Day.workdayNumber`. */
	readonly on: number;
	readonly hour: number;
	readonly events: (world: World) => readonly AdminEvent[];
	/** What takes effect with the last event. */
	readonly effect?: keyof World['effectiveFrom'];
}

const set = (event: string, key: string, oldValue: unknown, newValue: unknown): AdminEvent => ({
	event,
	message: { [key]: newValue, status: 'SUCCESS' },
	diff: {
		oldValue: JSON.stringify({ [key]: oldValue }),
		newValue: JSON.stringify({ [key]: newValue }),
	},
});
const named = (event: string, name: string): AdminEvent => ({
	event,
	message: { id: name.toLowerCase().match(/\w+/g)!.join('-'), name, status: 'SUCCESS' },
});
const aboutTeam = ({ teamId }: World, event: string, changed: [string, string]): AdminEvent => ({
	event,
	message: { teamId, teamName: 'Example Goods' },
	diff: { oldValue: changed[0], newValue: changed[1] },
});
/** An event about an OAuth client that exists. */
export const aboutClient = (
	world: World,
	event: string,
	key: keyof typeof applicationNames,
): AdminEvent => {
	const { id, name } = world.applications.get(key)!;
	return { event, message: { clientId: id, clientName: name } };
};

const companySignOn = 'Company Sign-On (SAML)';
const partnerSignOn = 'Partner Sign-On (OIDC)';

/** What the admins change once. */
export const oneOffs: readonly OneOff[] = [
	{
		on: 1,
		hour: 9.1,
		effect: 'addressLogging',
		events: () => [set('AUDIT_LOG_PREFERENCES_UPDATED', 'ip-logging-enabled', false, true)],
	},
	{
		on: 1,
		hour: 9.3,
		events: () => [
			set('LOGIN_HISTORY_PREFERENCES_UPDATED', 'login-history-enabled', false, true),
			set('OPEN_SIGNUP_UPDATED', 'open-signup-enabled', true, false),
		],
	},
	{
		on: 1,
		hour: 16,
		events: (world) => [aboutTeam(world, 'TEAM_UPDATED', ['New Team', 'Example Goods'])],
	},
	{
		on: 2,
		hour: 13,
		events: () => [
			set('SESSION_TIMEOUT_PREFERENCES_UPDATED', 'session-timeout-minutes', 60, 240),
			set('USER_ADOPTION_PREFERENCE_CHANGED', 'adoption-tracking-enabled', false, true),
			{ event: 'TEAM_ADMIN_EVENT_NOTIFICATION_ENABLES', message: { name: 'Admin Events' } },
		],
	},
	{ on: 4, hour: 10, events: () => [named('LLM_CLOUD_PROVIDER_ENABLED', 'Default Provider')] },
	{
		on: 9,
		hour: 11,
		events: () => [named('EXPORT_PARQUET_DISCLAIMER_AGREEMENT_SIGNED', 'Parquet Export')],
	},
	{
		on: 15,
		hour: 10,
		events: () => [set('VARIABLE_PREFERENCES_UPDATED', 'personal-values-enabled', false, true)],
	},
	{
		on: 30,
		hour: 9.5,
		effect: 'singleSignOn',
		events: () => [
			named('SSO_PROVIDER_CREATED', companySignOn),
			named('SSO_PROVIDER_UPDATED', companySignOn),
			{
				...named('SSO_PROVIDER_TOGGLED', companySignOn),
				diff: { oldValue: '{"enabled":false}', newValue: '{"enabled":true}' },
			},
		],
	},
	{
		on: 44,
		hour: 15,
		effect: 'twoFactor',
		events: () => [set('TWO_FACTOR_UPDATED', 'two-factor-required', false, true)],
	},
	{
		on: 58,
		hour: 11,
		effect: 'provisioning',
		events: (world) => [
			{
				...aboutClient(world, 'OAUTH_CLIENT_UPDATED', 'provisioning'),
				diff: { oldValue: '[]', newValue: '["user-provisioning.scim"]' },
			},
			set('SCIM_UPDATED', 'scim-enabled', false, true),
		],
	},
	{
		on: 66,
		hour: 10.5,
		events: () => [
			set(
				'IP_RESTRICTIONS_SET',
				'allowed',
				[],
				['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24', '2001:db8::/32'],
			),
		],
	},
	{
		on: 80,
		hour: 14,
		effect: 'partnerSignOn',
		events: () => [
			named('SSO_PROVIDER_CREATED', partnerSignOn),
			{
				...named('SSO_PROVIDER_TOGGLED', partnerSignOn),
				diff: { oldValue: '{"enabled":false}', newValue: '{"enabled":true}' },
			},
		],
	},
	{
		on: 93,
		hour: 9.6,
		events: () => [set('MEMBER_LOCK_POLICY_UPDATED', 'max-failed-logins', 10, 5)],
	},
	{
		on: 110,
		hour: 13,
		events: () => [
			named('ML_KUBERNETES_ENABLED', 'Notebook Cluster'),
			named('ML_IMAGE_ENABLED', 'Standard Image'),
			set('ML_PLAN_CHANGED', 'plan', 'SMALL', 'MEDIUM'),
		],
	},
	{
		on: 125,
		hour: 10,
		events: () => [set('APC_THRESHOLD_NOTIFICATION_UPDATED', 'threshold-percent', 90, 80)],
	},
	{
		on: 140,
		hour: 11,
		events: () => [named('LLM_EXTERNAL_CREDENTIALS_CREATED', 'Own Language Model')],
	},
	{ on: 146, hour: 16, events: () => [named('LLM_KILL_SWITCH_ENABLED', 'Language Models')] },
	{ on: 147, hour: 10, events: () => [named('LLM_KILL_SWITCH_DISABLED', 'Language Models')] },
	{
		on: 150,
		hour: 10,
		events: (world) => [aboutClient(world, 'OAUTH_CLIENT_SECRET_REGENERATED', 'deployment')],
	},
	{
		on: 180,
		hour: 15,
		events: () => [
			set(
				'TEAM_ADMIN_EVENT_NOTIFICATION_UPDATED',
				'recipients',
				['it-platform@example.com'],
				['it-platform@example.com', 'security@example.com'],
			),
		],
	},
	{
		on: 200,
		hour: 14,
		events: () => [
			named('ML_IMAGE_DISABLED', 'Standard Image'),
			named('ML_IMAGE_ENABLED', 'Standard Image 2'),
		],
	},
	{
		on: 215,
		hour: 10,
		events: (world) => [
			aboutTeam(world, 'TEAM_UPDATED', ['{"language":"en"}', '{"language":"de"}']),
		],
	},
	{
		on: 230,
		hour: 11,
		events: () => [
			named('LLM_EXTERNAL_CREDENTIALS_DELETED', 'Own Language Model'),
			named('LLM_CLOUD_PROVIDER_DISABLED', 'Own Language Model'),
		],
	},
	{
		on: 240,
		hour: 10,
		events: () => [named('EXPORT_PARQUET_DISCLAIMER_AGREEMENT_DELETED', 'Parquet Export')],
	},
	{
		on: 255,
		hour: 15.4,
		events: () => [
			{ event: 'TEAM_ADMIN_EVENT_NOTIFICATION_DISABLED', message: { name: 'Admin Events' } },
		],
	},
	{
		on: 256,
		hour: 9.5,
		events: () => [
			{ event: 'TEAM_ADMIN_EVENT_NOTIFICATION_ENABLES', message: { name: 'Admin Events' } },
		],
	},
];
