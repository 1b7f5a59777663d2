/**
 * The meaning of event names for a SIEM: the tables behind the formats `ecs` and `ocsf`. The name of
 * an event says which object was affected (`DATA_POOL`) and what was done (`DELETED`):
 * `OBJECT_RULES` has the objects, `ACTION_RULES` the actions. In both tables the first rule that
 * matches counts. docs/events.md shows the result for each documented event.
 */

/** The OCSF classes in use; `ocsfClasses.ts` has their IDs. */
export type OcsfClass =
	| 'accountChange'
	| 'apiActivity'
	| 'entityManagement'
	| 'groupManagement'
	| 'userAccess';

/** How both schemas classify an object. */
export interface Classification {
	readonly ecsCategory: 'api' | 'configuration' | 'database' | 'file' | 'iam';
	/** The second category of an event that belongs to two. */
	readonly secondEcsCategory?: 'configuration' | 'file';
	/** In the category `iam`, ECS has a second type: what kind of object was affected. */
	readonly ecsIamType?: 'admin' | 'group' | 'user';
	readonly ocsfClass: OcsfClass;
	/** Whether something runs: the status in the record decides on the outcome. */
	readonly isRun?: true;
}

export const CLASSIFICATIONS = {
	permission: { ecsCategory: 'iam', ecsIamType: 'user', ocsfClass: 'userAccess' },
	group: { ecsCategory: 'iam', ecsIamType: 'group', ocsfClass: 'groupManagement' },
	account: { ecsCategory: 'iam', ecsIamType: 'user', ocsfClass: 'accountChange' },
	userKey: { ecsCategory: 'iam', ecsIamType: 'user', ocsfClass: 'entityManagement' },
	access: { ecsCategory: 'iam', ecsIamType: 'admin', ocsfClass: 'entityManagement' },
	accessSetting: {
		ecsCategory: 'iam',
		secondEcsCategory: 'configuration',
		ecsIamType: 'admin',
		ocsfClass: 'entityManagement',
	},
	configuration: { ecsCategory: 'configuration', ocsfClass: 'entityManagement' },
	upload: {
		ecsCategory: 'configuration',
		secondEcsCategory: 'file',
		ocsfClass: 'entityManagement',
	},
	download: { ecsCategory: 'file', ocsfClass: 'apiActivity' },
	export: { ecsCategory: 'database', ocsfClass: 'apiActivity' },
	run: { ecsCategory: 'api', ocsfClass: 'apiActivity', isRun: true },
	/** Any use of Celonis. */
	other: { ecsCategory: 'api', ocsfClass: 'apiActivity' },
} as const satisfies Readonly<Record<string, Classification>>;

/** Where `message` describes the object, if not in `id` and `name`. */
export interface MessageKeys {
	/** Keys of `message` that may contain the ID, in order of preference. */
	readonly id?: readonly string[];
	/** Keys of `message` that may contain the name, in order of preference. */
	readonly name?: readonly string[];
	/** A setting exists once in a team: it has no ID and no name of its own. */
	readonly isSetting?: true;
	/** If `message` names no user, the affected user is the actor, unless that is Celonis itself. */
	readonly isActor?: true;
}

/** Which events affect an object, and how they are classified. */
export interface ObjectRule {
	/** Name of the object in Celonis. */
	readonly object: string;
	/** Patterns of event names. */
	readonly events: readonly string[];
	readonly classification: keyof typeof CLASSIFICATIONS;
	readonly keys?: MessageKeys;
}

const setting = { isSetting: true } as const;
const ownUser = { isActor: true } as const;
const pool = { id: ['dataPoolId', 'id'], name: ['dataPoolName', 'name'] } as const;
const model = { id: ['dataModelId', 'id'], name: ['dataModelName', 'name'] } as const;
const job = { id: ['dataJobId', 'id'], name: ['dataJobName', 'name'] } as const;
const dataSource = { id: ['dataSourceId', 'id'], name: ['dataSourceName', 'name'] } as const;
const team = { id: ['teamId', 'id'], name: ['teamName', 'name'] } as const;
const studioPackage = { id: ['packageKey', 'id'] } as const;
const asset = { id: ['nodeId', 'nodeKey', 'id'], name: ['nodeName', 'name'] } as const;
const permission = {
	id: ['object_id', 'dataModelId'],
	name: ['object_description', 'dataModelName'],
} as const;

export const OBJECT_RULES: readonly ObjectRule[] = [
	// Data exports: data is read, nothing is changed.
	{ object: 'Download', events: ['*_DOWNLOADED'], classification: 'download' },
	{
		object: 'Analysis Export',
		events: ['ANALYSIS_EXPORT_*'],
		classification: 'export',
		keys: { id: ['Analysis Id'], name: ['tableName'] },
	},
	{
		object: 'Data Pool Export',
		events: ['DATA_POOL_EXPORTED'],
		classification: 'export',
		keys: pool,
	},
	{
		object: 'Data Source Export',
		events: ['DATA_SOURCE_EXPORTED'],
		classification: 'export',
		keys: dataSource,
	},

	// Runs that start, are stopped or end
	{ object: 'Extraction', events: ['CUSTOM_EXTRACTION_*'], classification: 'run' },
	{ object: 'Data Job', events: ['DATA_JOB_MANUALLY_*'], classification: 'run', keys: job },
	{
		object: 'Data Model Load',
		events: ['DATA_MODEL_LOAD_*', 'DATA_MODEL_MANUAL_LOAD_*'],
		classification: 'run',
		keys: model,
	},
	{
		object: 'Schedule',
		events: ['SCHEDULING_MANUALLY_*', 'SCHEDULING_CANCELLED'],
		classification: 'run',
	},
	{ object: 'Task Mining Job', events: ['TASK_MINING_AI_*_JOB_CREATED'], classification: 'run' },
	{
		object: 'Task Mining Data Processing',
		events: ['TASK_MINING_DATA_PROCESSING_*'],
		classification: 'run',
	},
	{ object: 'Trash', events: ['TRASH_AUTO_DELETE_JOB'], classification: 'run' },
	{ object: 'Report Delivery', events: ['VIEW_REPORT_DELIVERY_*'], classification: 'run' },

	// Users, groups and permissions
	{
		object: 'Permissions',
		events: ['PERMISSIONS_UPDATE', 'DATA_MODEL_PERMISSION_ASSIGNMENT_*'],
		classification: 'permission',
		keys: permission,
	},
	{
		object: 'Group',
		events: ['GROUP_*', 'USER_JOIN_GROUP', 'USER_LEFT_GROUP'],
		classification: 'group',
	},
	{
		object: 'Team Membership',
		events: ['ADMIN USER INVITED', 'TEAM_MEMBERSHIP_*', 'USER_TEAM_MEMBERSHIP_*'],
		classification: 'account',
	},
	{
		object: 'User',
		events: ['USER_CHANGE_PASSWORD', 'USER_NAME_UPDATED'],
		classification: 'account',
		keys: ownUser,
	},

	// Keys, sign-on and access restrictions
	{ object: 'API Key', events: ['USER_*_API_KEY'], classification: 'userKey', keys: ownUser },
	{
		object: 'Application Key',
		events: ['APPLICATION_KEY_*'],
		classification: 'access',
		keys: { id: ['application-key-id', 'id'] },
	},
	{
		object: 'OAuth Client',
		events: ['OAUTH_CLIENT_*'],
		classification: 'access',
		keys: { id: ['clientId'], name: ['clientName'] },
	},
	{ object: 'SSO Provider', events: ['SSO_PROVIDER_*'], classification: 'accessSetting' },
	{ object: 'SCIM', events: ['SCIM_*'], classification: 'accessSetting', keys: setting },
	{
		object: 'Two-Factor Authentication',
		events: ['TWO_FACTOR_*'],
		classification: 'accessSetting',
		keys: setting,
	},
	{
		object: 'IP Restrictions',
		events: ['IP_RESTRICTIONS_*'],
		classification: 'accessSetting',
		keys: setting,
	},
	{
		object: 'Member Lock Policy',
		events: ['MEMBER_LOCK_POLICY_*'],
		classification: 'accessSetting',
		keys: setting,
	},
	{
		object: 'Open Sign-Up',
		events: ['OPEN_SIGNUP_*'],
		classification: 'accessSetting',
		keys: setting,
	},
	{
		object: 'Session Timeout',
		events: ['SESSION_TIMEOUT_*'],
		classification: 'accessSetting',
		keys: setting,
	},
	{ object: 'LLM Credentials', events: ['LLM_EXTERNAL_CREDENTIALS_*'], classification: 'access' },
	{
		object: 'Data Model Permissions',
		events: ['DATA_MODEL_PERMISSION_*'],
		classification: 'access',
		keys: model,
	},
	{
		object: 'Authorized Team',
		events: ['TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_*'],
		classification: 'access',
		keys: team,
	},

	// Logs and notifications
	{
		object: 'Audit Log',
		events: ['AUDIT_LOG_*', 'AUDIT_LOGS_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'Login History',
		events: ['LOGIN_HISTORY_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'Tracking Events',
		events: ['TRACKING_EVENT_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'Admin Notifications',
		events: ['TEAM_ADMIN_EVENT_NOTIFICATION_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'APC Notifications',
		events: ['APC_*'],
		classification: 'configuration',
		keys: setting,
	},

	// Team
	{
		object: 'Team Copy Schedule',
		events: ['TEAM_TO_TEAM_COPY_SCHEDULING_*'],
		classification: 'configuration',
	},
	{ object: 'Team Copy', events: ['TEAM_TO_TEAM_COPY_*'], classification: 'configuration' },
	{ object: 'Team', events: ['TEAM_*'], classification: 'configuration', keys: team },
	{
		object: 'Preferences',
		events: ['*_PREFERENCE_*', '*_PREFERENCES_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'Parquet Export Agreement',
		events: ['EXPORT_PARQUET_DISCLAIMER_*'],
		classification: 'configuration',
		keys: setting,
	},
	{ object: 'Uplink', events: ['UPLINK_*'], classification: 'configuration' },
	{ object: 'LLM Model', events: ['LLM_MODEL_*'], classification: 'configuration' },
	{
		object: 'LLM Kill Switch',
		events: ['LLM_KILL_SWITCH_*'],
		classification: 'configuration',
		keys: setting,
	},
	{
		object: 'LLM Cloud Provider',
		events: ['LLM_CLOUD_PROVIDER_*'],
		classification: 'configuration',
	},
	{ object: 'LLM Configuration', events: ['LLM_*'], classification: 'configuration' },

	// Data Integration
	{
		object: 'Outbound Share',
		events: ['DATA_POOL_OUTBOUND_SHARE_*'],
		classification: 'configuration',
	},
	{
		object: 'Data Connection',
		events: ['DATA_POOL_CONNECTION_*'],
		classification: 'configuration',
	},
	{
		object: 'Data Pool Version',
		events: ['DATA_POOL_VERSION_*'],
		classification: 'configuration',
		keys: pool,
	},
	{ object: 'Data Pool', events: ['DATA_POOL_*'], classification: 'configuration', keys: pool },
	// What belongs to a data model has its ID and name.
	{
		object: 'Data Model Calendar',
		events: ['DATA_MODEL_CALENDAR_*', 'DATA_MODEL_*_CALENDAR_*'],
		classification: 'configuration',
		keys: model,
	},
	{
		object: 'Data Model Foreign Key',
		events: ['DATA_MODEL_FOREIGN_KEY_*'],
		classification: 'configuration',
		keys: model,
	},
	{
		object: 'Data Model Name Mappings',
		events: ['DATA_MODEL_NAME_MAPPINGS_*'],
		classification: 'configuration',
		keys: model,
	},
	{
		object: 'Data Model Signal Link',
		events: ['DATA_MODEL_SIGNAL_LINK_*'],
		classification: 'configuration',
		keys: model,
	},
	{
		object: 'Data Model Table',
		events: ['DATA_MODEL_TABLE_*', 'DATA_MODEL_TABLES_*'],
		classification: 'configuration',
		keys: model,
	},
	{ object: 'Data Model', events: ['DATA_MODEL_*'], classification: 'configuration', keys: model },
	{
		object: 'Data Job Alert',
		events: ['DATA_JOB_ALERT_*'],
		classification: 'configuration',
		keys: job,
	},
	{ object: 'Data Job', events: ['DATA_JOB_*'], classification: 'configuration', keys: job },
	{
		object: 'Data Source',
		events: ['DATA_SOURCE_*'],
		classification: 'configuration',
		keys: dataSource,
	},
	{ object: 'Extraction', events: ['EXTRACTION_*'], classification: 'configuration' },
	{ object: 'File Upload History', events: ['FILE_UPLOAD_HISTORY_*'], classification: 'upload' },
	{ object: 'File Upload', events: ['FILE_UPLOAD_*'], classification: 'upload' },
	{ object: 'Parameter', events: ['PARAMETER_*'], classification: 'configuration' },
	{
		object: 'Schedule Monitoring',
		events: ['SCHEDULING_MONITORING_*'],
		classification: 'configuration',
	},
	{
		object: 'Schedule',
		events: ['SCHEDULING_*', 'JOB_SCHEDULING_*'],
		classification: 'configuration',
	},
	{ object: 'Transformation', events: ['TRANSFORMATION_*'], classification: 'configuration' },
	{ object: 'Object Type', events: ['OCDM_OBJECT_*'], classification: 'configuration' },
	{ object: 'Event Type', events: ['OCDM_EVENT_*'], classification: 'configuration' },
	{ object: 'Perspective', events: ['OCDM_PERSPECTIVE_*'], classification: 'configuration' },
	{ object: 'SQL Factory', events: ['OCDM_SQL_FACTORY_*'], classification: 'configuration' },
	{
		object: 'Object-Centric Process Data Source',
		events: ['OCDM_PROCESS_DATA_SOURCE_*'],
		classification: 'configuration',
	},
	{
		object: 'Object-Centric Process',
		events: ['OCDM_PROCESS_*'],
		classification: 'configuration',
	},
	{ object: 'Object-Centric Data Model', events: ['OCDM_*'], classification: 'configuration' },

	// Task Mining
	{
		object: 'Task Mining AI Configuration',
		events: ['TASK_MINING_AI_*'],
		classification: 'configuration',
	},
	{
		object: 'Task Mining Configuration',
		events: ['TASK_MINING_*_UPLOADED'],
		classification: 'upload',
	},
	{
		object: 'Task Mining Configuration',
		events: ['TASK_MINING_*CONFIGURATION_*'],
		classification: 'configuration',
	},
	{ object: 'Task Mining Label', events: ['TASK_MINING_LABEL_*'], classification: 'configuration' },
	{ object: 'Task Mining Task', events: ['TASK_MINING_TASK_*'], classification: 'configuration' },
	{ object: 'Task Mining Project', events: ['TASK_MINING_*'], classification: 'configuration' },
	{ object: 'Data Job Task', events: ['TASK_*'], classification: 'configuration' },

	// Studio and its content
	{
		object: 'Studio Asset',
		events: ['STUDIO_NODE_*', 'PROCESS_WORKSPACE_NODE_*'],
		classification: 'configuration',
		keys: asset,
	},
	{
		object: 'Studio Variable',
		events: ['STUDIO_*_VARIABLE_*'],
		classification: 'configuration',
		keys: { id: ['variableKey'] },
	},
	{
		object: 'Studio Package',
		events: ['STUDIO_PACKAGE_*', 'PACKAGE_*'],
		classification: 'configuration',
		keys: studioPackage,
	},
	{
		object: 'Studio Space',
		events: ['STUDIO_SPACE_*'],
		classification: 'configuration',
		keys: { id: ['spaceId', 'id'], name: ['spaceName', 'name'] },
	},
	{ object: 'Report Schedule', events: ['VIEW_REPORT_*'], classification: 'configuration' },
	{ object: 'Action Flow', events: ['ACTIONFLOW_*'], classification: 'configuration' },
	{ object: 'Agent Package', events: ['AGENT_PACKAGE_*'], classification: 'configuration' },
	{ object: 'Agent', events: ['AGENT_*'], classification: 'configuration' },
	{ object: 'Skill', events: ['SKILL_*'], classification: 'configuration' },
	{ object: 'Routing Rule', events: ['ROUTING_RULE_*'], classification: 'configuration' },
	{ object: 'Connection', events: ['CONNECTION_*'], classification: 'configuration' },
	{ object: 'Workflow', events: ['WORKFLOW_*'], classification: 'configuration' },
	{ object: 'ML Flow', events: ['ML_FLOW_*'], classification: 'configuration' },
	{ object: 'ML Image', events: ['ML_IMAGE_*'], classification: 'configuration' },
	{ object: 'ML Notebook', events: ['ML_NOTEBOOK_*'], classification: 'configuration' },
	{ object: 'ML Schedule', events: ['ML_SCHEDULING_*'], classification: 'configuration' },
	{ object: 'ML Workspace', events: ['ML_WORKSPACE_*'], classification: 'configuration' },
	{ object: 'Machine Learning', events: ['ML_*'], classification: 'configuration' },
	{ object: 'Objective KPI', events: ['OBJECTIVE_KPI_*'], classification: 'configuration' },
	{ object: 'Objective', events: ['OBJECTIVE_*'], classification: 'configuration' },
	{ object: 'Report', events: ['REPORTING_*'], classification: 'configuration' },
	{ object: 'Process', events: ['PROCESS_*'], classification: 'configuration' },
];

/** The rule for events that Celonis does not document. */
export const OTHER_OBJECT_RULE: ObjectRule = {
	object: 'Other',
	events: ['*'],
	classification: 'other',
};

/** IDs of OCSF's activities by class; 99 (Other) for a class that is missing. */
type Activities = Readonly<Partial<Record<OcsfClass, number>>>;

/** Which events stand for an action, and what both schemas call it. */
export interface ActionRule {
	/** Name of the action, in one or two words. */
	readonly action: string;
	/** Patterns of event names. */
	readonly events: readonly string[];
	readonly ecsType: 'access' | 'change' | 'creation' | 'deletion' | 'end' | 'info' | 'start';
	/** Whether a user joined or left a group: in ECS that is a change of the user. */
	readonly isMembership?: true;
	readonly activities: Activities;
}

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
	{
		action: 'Add User',
		events: ['USER_JOIN_GROUP'],
		ecsType: 'change',
		isMembership: true,
		activities: { groupManagement: 3 },
	},
	{
		action: 'Remove User',
		events: ['USER_LEFT_GROUP'],
		ecsType: 'change',
		isMembership: true,
		activities: { groupManagement: 4 },
	},
	{
		action: 'Password Change',
		events: ['USER_CHANGE_PASSWORD'],
		ecsType: 'change',
		activities: { accountChange: 3 },
	},
	{ action: 'Generate Link', events: ['*_LINK_GENERATED'], ecsType: 'info', activities: {} },
	{
		action: 'Read',
		events: ['*_DOWNLOADED', '*_EXPORTED', 'ANALYSIS_EXPORT_*'],
		ecsType: 'access',
		activities: { apiActivity: 2 },
	},

	{
		action: 'Run',
		events: ['*_EXECUTED', '*_STARTED', '*_TRIGGERED', '*_PROCESSING_TRIGGER_*'],
		ecsType: 'start',
		activities: {},
	},
	{
		action: 'Run',
		events: ['TASK_MINING_AI_*_JOB_CREATED', 'TRASH_AUTO_DELETE_JOB'],
		ecsType: 'start',
		activities: {},
	},
	{ action: 'Cancel', events: ['*_CANCELED', '*_CANCELLED'], ecsType: 'end', activities: {} },
	{ action: 'Finish', events: ['*_SUCCEEDED', '*_FAILED'], ecsType: 'end', activities: {} },

	{
		action: 'Delete',
		events: ['*_DELETED', '*_MOVED_TO_TRASH', 'USER_DELETE_API_KEY'],
		ecsType: 'deletion',
		activities: deleted,
	},
	{
		action: 'Restore',
		events: ['*_RESTORED', '*_RESTORED_FROM_TRASH'],
		ecsType: 'change',
		activities: {},
	},
	{ action: 'Move', events: ['*_MOVED'], ecsType: 'change', activities: { entityManagement: 5 } },
	// In OCSF, renaming is moving.
	{
		action: 'Rename',
		events: ['*_RENAMED'],
		ecsType: 'change',
		activities: { entityManagement: 5, apiActivity: 3 },
	},
	{
		action: 'Enable',
		events: ['*_ENABLED', '*_ENABLES'],
		ecsType: 'change',
		activities: { entityManagement: 8, accountChange: 2 },
	},
	{
		action: 'Disable',
		events: ['*_DISABLED'],
		ecsType: 'change',
		activities: { entityManagement: 9, accountChange: 5 },
	},
	{
		action: 'Activate',
		events: ['*_ACTIVATED'],
		ecsType: 'change',
		activities: { entityManagement: 10, accountChange: 2 },
	},
	{
		action: 'Deactivate',
		events: ['*_DEACTIVATED'],
		ecsType: 'change',
		activities: { entityManagement: 11, accountChange: 5 },
	},
	{ action: 'Authorize', events: ['*_AUTHORIZED'], ecsType: 'change', activities: {} },
	{ action: 'Revoke', events: ['*_REVOKED'], ecsType: 'change', activities: { userAccess: 2 } },
	{ action: 'Publish', events: ['*_PUBLISHED', '*_PROMOTED'], ecsType: 'change', activities: {} },

	{
		action: 'Create',
		events: ['*_CREATED', '*_GENERATE_*', '*_REGISTERED', '*_SIGNED', '*INVITED'],
		ecsType: 'creation',
		activities: created,
	},
	{
		action: 'Create',
		events: ['*_INSTALLED', '*_IMPORTED', '*_UPLOADED', '*_DUPLICATED', '*_COPIED'],
		ecsType: 'creation',
		activities: created,
	},
	{
		action: 'Update',
		events: ['*_UPDATE', '*_UPDATED', '*_CHANGED', '*_MODIFIED', '*_TOGGLED'],
		ecsType: 'change',
		activities: updated,
	},
	{
		action: 'Update',
		events: ['*_SET', '*_RESET', '*_SAVED', '*_APPLIED', '*_LOADED', '*_REGENERATED'],
		ecsType: 'change',
		activities: updated,
	},
];

/** The rule for event names that do not say what was done. */
export const OTHER_ACTION_RULE: ActionRule = {
	action: 'Other',
	events: ['*'],
	ecsType: 'info',
	activities: {},
};
