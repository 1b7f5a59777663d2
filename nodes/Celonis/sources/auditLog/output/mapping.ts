/**
 * What the names of events mean to a SIEM: the table behind the formats `ecs` and `ocsf`. A name of
 * Celonis tells what was touched (`DATA_POOL`) and what was done (`DELETED`); `FAMILIES` holds the
 * one, `ACTIONS` the other. In both the first row that fits counts. docs/events.md shows what comes
 * out for each documented name.
 */

/** OCSF's classes that are used; their ids stand in `ocsfClasses.ts`. */
export type OcsfClass =
	| 'accountChange'
	| 'apiActivity'
	| 'entityManagement'
	| 'groupManagement'
	| 'userAccess';

/** What sort of thing was touched, in the terms of both schemas. */
export interface Classification {
	readonly ecsCategory: 'api' | 'configuration' | 'database' | 'file' | 'iam';
	/** Besides the action, ECS wants to know of `iam` whether it is about users, groups or else. */
	readonly iam?: 'admin' | 'group' | 'user';
	readonly ocsfClass: OcsfClass;
}

export const CLASSIFICATIONS = {
	permission: { ecsCategory: 'iam', iam: 'user', ocsfClass: 'userAccess' },
	group: { ecsCategory: 'iam', iam: 'group', ocsfClass: 'groupManagement' },
	account: { ecsCategory: 'iam', iam: 'user', ocsfClass: 'accountChange' },
	userKey: { ecsCategory: 'iam', iam: 'user', ocsfClass: 'entityManagement' },
	access: { ecsCategory: 'iam', iam: 'admin', ocsfClass: 'entityManagement' },
	configuration: { ecsCategory: 'configuration', ocsfClass: 'entityManagement' },
	download: { ecsCategory: 'file', ocsfClass: 'apiActivity' },
	export: { ecsCategory: 'database', ocsfClass: 'apiActivity' },
	run: { ecsCategory: 'api', ocsfClass: 'apiActivity' },
	/** The general one: somebody called Celonis. */
	other: { ecsCategory: 'api', ocsfClass: 'apiActivity' },
} as const satisfies Readonly<Record<string, Classification>>;

/** Where `message` tells more about what was touched than its `id` and `name`. */
export interface MessageKeys {
	/** Keys of `message` that hold the id, the best first. */
	readonly id?: string;
	readonly name?: string;
	/** A setting: there is one of it in a team, it has no id and no name of its own. */
	readonly isSetting?: true;
	/** Where `message` names no user, it is about the one who did it, unless that is Celonis itself. */
	readonly isOwn?: true;
}

/** What it is, in the words of Celonis; the names of its events, `*` for anything; its sort. */
export type ObjectRule = readonly [
	object: string,
	events: string,
	sort: keyof typeof CLASSIFICATIONS,
	keys?: MessageKeys,
];

const setting = { isSetting: true } as const;
const own = { isOwn: true } as const;
const pool = { id: 'dataPoolId', name: 'dataPoolName' } as const;
const model = { id: 'dataModelId' } as const;
const studioPackage = { id: 'packageKey, id' } as const;
const asset = { id: 'nodeId, nodeKey, id', name: 'nodeName, name' } as const;
const permission = { id: 'object_id, dataModelId', name: 'object_description' } as const;

export const OBJECT_RULES: readonly ObjectRule[] = [
	// Data that leaves: somebody gets to see it, nothing is changed.
	['Download', '*_DOWNLOADED', 'download'],
	['Analysis Export', 'ANALYSIS_EXPORT_*', 'export', { id: 'Analysis Id', name: 'tableName' }],
	['Data Pool Export', 'DATA_POOL_EXPORTED', 'export', pool],
	['Data Source Export', 'DATA_SOURCE_EXPORTED', 'export'],

	// Something runs, is stopped or has come to its end.
	['Extraction', 'CUSTOM_EXTRACTION_*', 'run'],
	['Data Job', 'DATA_JOB_MANUALLY_*', 'run', { id: 'dataJobId' }],
	['Data Model Load', 'DATA_MODEL_LOAD_*, DATA_MODEL_MANUAL_LOAD_*', 'run', model],
	['Schedule', 'SCHEDULING_MANUALLY_*, SCHEDULING_CANCELLED', 'run'],
	['Task Mining Job', 'TASK_MINING_AI_*_JOB_CREATED', 'run'],
	['Task Mining Data Processing', 'TASK_MINING_DATA_PROCESSING_*', 'run'],
	['Trash', 'TRASH_AUTO_DELETE_JOB', 'run'],
	['Report Delivery', 'VIEW_REPORT_DELIVERY_*', 'run'],

	// People, and what they may do
	[
		'Permissions',
		'PERMISSIONS_UPDATE, DATA_MODEL_PERMISSION_ASSIGNMENT_*',
		'permission',
		permission,
	],
	['Group', 'GROUP_*, USER_JOIN_GROUP, USER_LEFT_GROUP', 'group'],
	['Team Membership', 'ADMIN USER INVITED, TEAM_MEMBERSHIP_*, USER_TEAM_MEMBERSHIP_*', 'account'],
	['User', 'USER_CHANGE_PASSWORD, USER_NAME_UPDATED', 'account', own],

	// Keys, sign-on, and from where one gets in
	['API Key', 'USER_*_API_KEY', 'userKey', own],
	['Application Key', 'APPLICATION_KEY_*', 'access', { id: 'application-key-id, id' }],
	['OAuth Client', 'OAUTH_CLIENT_*', 'access', { id: 'clientId', name: 'clientName' }],
	['SSO Provider', 'SSO_PROVIDER_*', 'access'],
	['SCIM', 'SCIM_*', 'access', setting],
	['Two-Factor Authentication', 'TWO_FACTOR_*', 'access', setting],
	['IP Restrictions', 'IP_RESTRICTIONS_*', 'access', setting],
	['Member Lock Policy', 'MEMBER_LOCK_POLICY_*', 'access', setting],
	['Open Sign-Up', 'OPEN_SIGNUP_*', 'access', setting],
	['Session Timeout', 'SESSION_TIMEOUT_*', 'access', setting],
	['LLM Credentials', 'LLM_EXTERNAL_CREDENTIALS_*', 'access'],
	['Data Model Permissions', 'DATA_MODEL_PERMISSION_*', 'access', model],
	['Authorized Team', 'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_*', 'access', { id: 'teamId' }],

	// The logs, and who is told of what
	['Audit Log', 'AUDIT_LOG_*, AUDIT_LOGS_*', 'configuration', setting],
	['Login History', 'LOGIN_HISTORY_*', 'configuration', setting],
	['Tracking Events', 'TRACKING_EVENT_*', 'configuration', setting],
	['Admin Notifications', 'TEAM_ADMIN_EVENT_NOTIFICATION_*', 'configuration', setting],
	['APC Notifications', 'APC_*', 'configuration', setting],

	// The team
	['Team Copy Schedule', 'TEAM_TO_TEAM_COPY_SCHEDULING_*', 'configuration'],
	['Team Copy', 'TEAM_TO_TEAM_COPY_*', 'configuration'],
	['Team', 'TEAM_*', 'configuration', { id: 'teamId, id' }],
	['Preferences', '*_PREFERENCE_*, *_PREFERENCES_*', 'configuration', setting],
	['Parquet Export Agreement', 'EXPORT_PARQUET_DISCLAIMER_*', 'configuration', setting],
	['Uplink', 'UPLINK_*', 'configuration'],
	['LLM Model', 'LLM_MODEL_*', 'configuration'],
	['LLM Configuration', 'LLM_*', 'configuration'],

	// Data Integration
	['Outbound Share', 'DATA_POOL_OUTBOUND_SHARE_*', 'configuration'],
	['Data Connection', 'DATA_POOL_CONNECTION_*', 'configuration'],
	['Data Pool Version', 'DATA_POOL_VERSION_*', 'configuration', pool],
	['Data Pool', 'DATA_POOL_*', 'configuration', pool],
	['Data Model', 'DATA_MODEL_*', 'configuration', model],
	['Data Job', 'DATA_JOB_*', 'configuration', { id: 'dataJobId' }],
	['Data Source', 'DATA_SOURCE_*', 'configuration'],
	['Extraction', 'EXTRACTION_*', 'configuration'],
	['File Upload', 'FILE_UPLOAD_*', 'configuration'],
	['Parameter', 'PARAMETER_*', 'configuration'],
	['Schedule', 'SCHEDULING_*, JOB_SCHEDULING_*', 'configuration'],
	['Transformation', 'TRANSFORMATION_*', 'configuration'],
	['Object Type', 'OCDM_OBJECT_*', 'configuration'],
	['Event Type', 'OCDM_EVENT_*', 'configuration'],
	['Object-Centric Data Model', 'OCDM_*', 'configuration'],

	// Task Mining
	['Task Mining AI Configuration', 'TASK_MINING_AI_*', 'configuration'],
	['Task Mining Configuration', 'TASK_MINING_*CONFIGURATION_*', 'configuration'],
	['Task Mining Label', 'TASK_MINING_LABEL_*', 'configuration'],
	['Task Mining Task', 'TASK_MINING_TASK_*', 'configuration'],
	['Task Mining Project', 'TASK_MINING_*', 'configuration'],
	['Data Job Task', 'TASK_*', 'configuration'],

	// Studio, and what is built with it
	['Studio Asset', 'STUDIO_NODE_*, PROCESS_WORKSPACE_NODE_*', 'configuration', asset],
	['Studio Variable', 'STUDIO_*_VARIABLE_*', 'configuration', { id: 'variableKey' }],
	['Studio Package', 'STUDIO_PACKAGE_*, PACKAGE_*', 'configuration', studioPackage],
	['Studio Space', 'STUDIO_SPACE_*', 'configuration', { id: 'spaceId, id' }],
	['Report Schedule', 'VIEW_REPORT_*', 'configuration'],
	['Action Flow', 'ACTIONFLOW_*', 'configuration'],
	['Agent Package', 'AGENT_PACKAGE_*', 'configuration'],
	['Agent', 'AGENT_*', 'configuration'],
	['Skill', 'SKILL_*', 'configuration'],
	['Routing Rule', 'ROUTING_RULE_*', 'configuration'],
	['Connection', 'CONNECTION_*', 'configuration'],
	['Workflow', 'WORKFLOW_*', 'configuration'],
	['Machine Learning', 'ML_*', 'configuration'],
	['Objective KPI', 'OBJECTIVE_KPI_*', 'configuration'],
	['Objective', 'OBJECTIVE_*', 'configuration'],
	['Report', 'REPORTING_*', 'configuration'],
	['Process', 'PROCESS_*', 'configuration'],
];

/** Of what Celonis does not document. */
export const OTHER_OBJECT_RULE: ObjectRule = ['Other', '*', 'other'];

/** OCSF's activities, by class; 99 (Other) in the classes that have none of the sort. */
type Activities = Readonly<Partial<Record<OcsfClass, number>>>;

/**
 * What was done, in a word; the names of its events; what ECS calls it; OCSF's activity.
 */
export type ActionRule = readonly [
	name: string,
	events: string,
	ecsType: 'access' | 'change' | 'creation' | 'deletion' | 'end' | 'info' | 'start',
	ocsf: Activities,
];

const created = {
	entityManagement: 1,
	accountChange: 1,
	groupManagement: 6,
	apiActivity: 1,
	userAccess: 1,
};
const updated = { entityManagement: 3, apiActivity: 3 };
const deleted = {
	entityManagement: 4,
	accountChange: 6,
	groupManagement: 5,
	apiActivity: 4,
	userAccess: 2,
};

export const ACTION_RULES: readonly ActionRule[] = [
	['Add User', 'USER_JOIN_GROUP', 'change', { groupManagement: 3 }],
	['Remove User', 'USER_LEFT_GROUP', 'change', { groupManagement: 4 }],
	['Password Change', 'USER_CHANGE_PASSWORD', 'change', { accountChange: 3 }],
	['Generate Link', '*_LINK_GENERATED', 'info', {}],
	['Read', '*_DOWNLOADED, *_EXPORTED, ANALYSIS_EXPORT_*', 'access', { apiActivity: 2 }],

	['Run', '*_EXECUTED, *_STARTED, *_TRIGGERED, *_PROCESSING_TRIGGER_*', 'start', {}],
	['Run', 'TASK_MINING_AI_*_JOB_CREATED, TRASH_AUTO_DELETE_JOB', 'start', {}],
	['Cancel', '*_CANCELED, *_CANCELLED', 'end', {}],
	['Finish', '*_SUCCEEDED, *_FAILED', 'end', {}],

	['Delete', '*_DELETED, *_MOVED_TO_TRASH, USER_DELETE_API_KEY', 'deletion', deleted],
	['Restore', '*_RESTORED, *_RESTORED_FROM_TRASH', 'change', {}],
	['Move', '*_MOVED', 'change', { entityManagement: 5 }],
	// To OCSF, a renaming is a move.
	['Rename', '*_RENAMED', 'change', { entityManagement: 5, apiActivity: 3 }],
	['Enable', '*_ENABLED, *_ENABLES', 'change', { entityManagement: 8, accountChange: 2 }],
	['Disable', '*_DISABLED', 'change', { entityManagement: 9, accountChange: 5 }],
	['Activate', '*_ACTIVATED', 'change', { entityManagement: 10, accountChange: 2 }],
	['Deactivate', '*_DEACTIVATED', 'change', { entityManagement: 11, accountChange: 5 }],
	['Authorize', '*_AUTHORIZED', 'change', {}],
	['Revoke', '*_REVOKED', 'change', { userAccess: 2 }],
	['Publish', '*_PUBLISHED, *_PROMOTED', 'change', {}],

	['Create', '*_CREATED, *_GENERATE_*, *_REGISTERED, *_SIGNED, *INVITED', 'creation', created],
	['Create', '*_INSTALLED, *_IMPORTED, *_UPLOADED, *_DUPLICATED, *_COPIED', 'creation', created],
	['Update', '*_UPDATE, *_UPDATED, *_CHANGED, *_MODIFIED, *_TOGGLED', 'change', updated],
	['Update', '*_SET, *_RESET, *_SAVED, *_APPLIED, *_LOADED, *_REGENERATED', 'change', updated],
];

/** Of a name that does not tell what was done. */
export const OTHER_ACTION_RULE: ActionRule = ['Other', '*', 'info', {}];
