import type { Kind } from './assets.mts';
import type { Profession } from './names.mts';

/** Which keys the messages about a kind of things have; see `messages.mts`. */
export type Shape =
	| 'named'
	| 'space'
	| 'package'
	| 'node'
	| 'variable'
	| 'pool'
	| 'source'
	| 'job'
	| 'task'
	| 'model'
	| 'table'
	| 'schedule'
	| 'assignment'
	| 'taskMining'
	| 'teamCopy';

/** A kind of things that the team creates, changes and deletes, with the events for it. */
export interface Family {
	readonly kind: Kind;
	readonly shape: Shape;
	readonly by: Profession;
	/** What such a thing belongs to. */
	readonly parent?: Kind;
	/** How many the team builds up first; later about as many are created as deleted. */
	readonly usual: number;
	/** How often, among what the profession does. */
	readonly weight: number;
	readonly create: string;
	/** What changes the thing; with a diff. */
	readonly change?: readonly string[];
	/** What uses the thing and changes nothing. */
	readonly use?: readonly string[];
	readonly rename?: string;
	/** What creates another one from it. */
	readonly copy?: readonly string[];
	/** On and off, in this order; a new thing is on. */
	readonly toggle?: readonly [on: string, off: string];
	readonly remove?: string;
	/** What may follow a removal, with the thing back again. */
	readonly restore?: string;
}

type Events = Omit<Family, 'kind' | 'shape' | 'by' | 'usual' | 'weight'>;

/** A family of a profession; `usual` and `weight` as in `Family`. */
function family(
	by: Profession,
	kind: Kind,
	shape: Shape,
	[usual, weight]: readonly [number, number],
	events: Events,
): Family {
	return { kind, shape, by, usual, weight, ...events };
}

const ocdmRelated = (names: string): string[] =>
	names.split(' ').map((name) => `OCDM_OBJECT_RENAMED_RELATED_${name}_UPDATED`);

export const families: readonly Family[] = [
	family('engineer', 'pool', 'pool', [6, 4], {
		create: 'DATA_POOL_CREATED',
		change: ['DATA_POOL_UPDATED', 'DATA_POOL_CONNECTION_CONFIGURATION_UPDATED'],
		use: ['PROCESS_INSTALLED'],
		copy: ['DATA_POOL_COPIED'],
		remove: 'DATA_POOL_DELETED',
	}),
	family('engineer', 'source', 'source', [8, 5], {
		parent: 'pool',
		create: 'DATA_SOURCE_CREATED',
		change: ['DATA_SOURCE_UPDATED', 'EXTRACTION_CONFIGURATIONS_UPDATED'],
		use: ['DATA_SOURCE_EXPORTED', 'DATA_SOURCE_IMPORTED'],
		copy: ['DATA_SOURCE_DUPLICATED'],
		remove: 'DATA_SOURCE_DELETED',
	}),
	family('engineer', 'job', 'job', [14, 14], {
		parent: 'pool',
		create: 'DATA_JOB_CREATED',
		change: ['DATA_JOB_UPDATED', 'DATA_JOB_UPDATED', 'DATA_JOB_ALERT_UPDATED'],
		use: ['DATA_JOB_MANUALLY_EXECUTED', 'DATA_JOB_MANUALLY_EXECUTED', 'DATA_JOB_MANUALLY_CANCELED'],
		copy: ['DATA_JOB_COPIED', 'DATA_JOB_DUPLICATED'],
		toggle: ['DATA_JOB_ALERT_ENABLED', 'DATA_JOB_ALERT_DISABLED'],
		remove: 'DATA_JOB_DELETED',
	}),
	family('engineer', 'task', 'task', [30, 22], {
		parent: 'job',
		create: 'TASK_CREATED',
		change: [
			'TRANSFORMATION_CODE_CHANGED',
			'TRANSFORMATION_CODE_CHANGED',
			'TRANSFORMATION_CODE_CHANGED',
			'TASK_NAME_OR_DESCRIPTION_UPDATED',
			'TASK_ORDER_CHANGED',
		],
		toggle: ['TASK_ENABLED', 'TASK_DISABLED'],
		remove: 'TASK_DELETED',
	}),
	family('engineer', 'model', 'model', [9, 8], {
		parent: 'pool',
		create: 'DATA_MODEL_CREATED',
		change: ['DATA_MODEL_UPDATED'],
		use: [
			'DATA_MODEL_MANUAL_LOAD_STARTED',
			'DATA_MODEL_MANUAL_LOAD_STARTED',
			'DATA_MODEL_LOAD_MANUALLY_CANCELED',
		],
		copy: ['DATA_MODEL_DUPLICATED'],
		toggle: ['DATA_MODEL_PERMISSION_ENABLED', 'DATA_MODEL_PERMISSION_DISABLED'],
		remove: 'DATA_MODEL_DELETED',
	}),
	family('engineer', 'table', 'table', [16, 5], {
		parent: 'model',
		create: 'DATA_MODEL_TABLES_CREATED',
		change: ['DATA_MODEL_ACTIVITY_OR_CASE_TABLE_CHANGED'],
		remove: 'DATA_MODEL_TABLE_DELETED',
	}),
	family('engineer', 'foreignKey', 'table', [8, 2], {
		parent: 'model',
		create: 'DATA_MODEL_FOREIGN_KEY_CREATED',
		change: ['DATA_MODEL_FOREIGN_KEY_UPDATED'],
		remove: 'DATA_MODEL_FOREIGN_KEY_DELETED',
	}),
	family('engineer', 'calendar', 'model', [3, 1], {
		parent: 'model',
		create: 'DATA_MODEL_CUSTOM_CALENDAR_ENABLED',
		change: ['DATA_MODEL_CUSTOM_CALENDAR_SAVED'],
		use: ['DATA_MODEL_FACTORY_CALENDAR_ENABLED', 'DATA_MODEL_FACTORY_CALENDAR_SAVED'],
		remove: 'DATA_MODEL_CALENDAR_DISABLED',
	}),
	family('engineer', 'mapping', 'model', [3, 1], {
		parent: 'model',
		create: 'DATA_MODEL_NAME_MAPPINGS_LOADED',
		remove: 'DATA_MODEL_NAME_MAPPINGS_DELETED',
	}),
	family('engineer', 'signal', 'model', [2, 0.6], {
		parent: 'model',
		create: 'DATA_MODEL_SIGNAL_LINK_CREATED',
	}),
	family('engineer', 'permissionTable', 'table', [2, 1], {
		parent: 'model',
		create: 'DATA_MODEL_PERMISSION_TABLE_APPLIED',
		remove: 'DATA_MODEL_PERMISSION_TABLE_DELETED',
	}),
	family('engineer', 'assignment', 'assignment', [5, 2], {
		parent: 'model',
		create: 'DATA_MODEL_PERMISSION_ASSIGNMENT_CREATED',
		change: ['DATA_MODEL_PERMISSION_ASSIGNMENT_UPDATED'],
		remove: 'DATA_MODEL_PERMISSION_ASSIGNMENT_DELETED',
	}),
	family('engineer', 'schedule', 'schedule', [6, 4], {
		parent: 'pool',
		create: 'SCHEDULING_CREATED',
		change: [
			'SCHEDULING_FREQUENCY_CHANGED',
			'SCHEDULING_MODE_CHANGED',
			'JOB_SCHEDULING_EXECUTION_ORDER_CHANGED',
		],
		use: [
			'SCHEDULING_MANUALLY_EXECUTED',
			'SCHEDULING_CANCELLED',
			'JOB_SCHEDULING_CREATED',
			'JOB_SCHEDULING_DELETED',
			'SCHEDULING_MONITORING_ENABLED',
			'SCHEDULING_MONITORING_DISABLED',
		],
		rename: 'SCHEDULING_RENAMED',
		toggle: ['SCHEDULING_ENABLED', 'SCHEDULING_DISABLED'],
		remove: 'SCHEDULING_DELETED',
	}),
	family('engineer', 'parameter', 'pool', [7, 4], {
		parent: 'pool',
		create: 'PARAMETER_CREATED',
		change: ['PARAMETER_UPDATED'],
		remove: 'PARAMETER_DELETED',
	}),
	family('engineer', 'version', 'pool', [4, 2], {
		parent: 'pool',
		create: 'DATA_POOL_VERSION_CREATED',
		use: ['DATA_POOL_VERSION_COPIED'],
		remove: 'DATA_POOL_VERSION_DELETED',
	}),
	family('engineer', 'share', 'pool', [2, 0.8], {
		parent: 'pool',
		create: 'DATA_POOL_OUTBOUND_SHARE_CREATED',
		change: ['DATA_POOL_OUTBOUND_SHARE_UPDATED', 'DATA_POOL_OUTBOUND_SHARE_SCHEMAS_UPDATED'],
		use: ['DATA_POOL_OUTBOUND_SHARE_CREDENTIALS_UPDATED'],
		remove: 'DATA_POOL_OUTBOUND_SHARE_DELETED',
	}),
	family('engineer', 'upload', 'pool', [5, 2], {
		parent: 'pool',
		create: 'FILE_UPLOAD_CREATED',
		remove: 'FILE_UPLOAD_HISTORY_ENTRY_DELETED',
	}),
	family('engineer', 'object', 'named', [9, 4], {
		create: 'OCDM_OBJECT_CREATED',
		change: ['OCDM_OBJECT_UPDATED'],
		rename: 'OCDM_OBJECT_RENAMED',
		use: ocdmRelated('OBJECT FIELD_EXTENSION EVENT SQL_FACTORY PERSPECTIVE EVENT_FIELD_EXTENSION'),
		remove: 'OCDM_OBJECT_DELETED',
	}),
	family('engineer', 'event', 'named', [7, 2.5], {
		create: 'OCDM_EVENT_CREATED',
		change: ['OCDM_EVENT_UPDATED'],
		rename: 'OCDM_EVENT_RENAMED',
		use: [
			'OCDM_EVENT_RENAMED_RELATED_SQL_FACTORY_UPDATED',
			'OCDM_EVENT_RENAMED_RELATED_PERSPECTIVE_UPDATED',
		],
		remove: 'OCDM_EVENT_DELETED',
	}),
	family('engineer', 'perspective', 'named', [3, 1.5], {
		create: 'OCDM_PERSPECTIVE_CREATED',
		change: ['OCDM_PERSPECTIVE_UPDATED'],
		use: ['OCDM_GRAPH_PUBLISHED', 'OCDM_GRAPH_PROMOTED', 'OCDM_CATALOGUE_VERSION_MANUALLY_UPDATED'],
		remove: 'OCDM_PERSPECTIVE_DELETED',
	}),
	family('engineer', 'factory', 'named', [4, 2.5], {
		create: 'OCDM_SQL_FACTORY_CREATED',
		change: ['OCDM_SQL_FACTORY_UPDATED'],
		use: ['OCDM_SQL_FACTORY_DISABLED'],
		remove: 'OCDM_SQL_FACTORY_DELETED',
	}),
	family('engineer', 'process', 'named', [3, 0.8], {
		create: 'OCDM_PROCESS_ENABLED',
		use: ['OCDM_PROCESS_DATA_SOURCE_ENABLED', 'OCDM_PROCESS_DATA_SOURCE_DISABLED'],
		remove: 'OCDM_PROCESS_DISABLED',
	}),
	family('engineer', 'extraction', 'job', [4, 2], {
		parent: 'pool',
		create: 'CUSTOM_EXTRACTION_METADATA_EXECUTED',
		use: [
			'CUSTOM_EXTRACTION_PREVIEW_EXECUTED',
			'CUSTOM_EXTRACTION_METADATA_EXECUTED',
			'CUSTOM_EXTRACTION_EXECUTED',
		],
	}),

	family('analyst', 'space', 'space', [5, 0.5], {
		create: 'STUDIO_SPACE_CREATED',
		change: ['STUDIO_SPACE_UPDATED'],
		remove: 'STUDIO_SPACE_DELETED',
	}),
	family('analyst', 'package', 'package', [14, 14], {
		parent: 'space',
		create: 'STUDIO_PACKAGE_IMPORTED',
		use: [
			'STUDIO_PACKAGE_PUBLISHED',
			'STUDIO_PACKAGE_PUBLISHED',
			'STUDIO_PACKAGE_PUBLISHED',
			'STUDIO_PACKAGE_VERSION_LOADED',
			'STUDIO_PACKAGE_INSTALLED',
			'STUDIO_PACKAGE_MOVED',
		],
		remove: 'STUDIO_PACKAGE_MOVED_TO_TRASH',
		restore: 'PACKAGE_RESTORED_FROM_TRASH',
	}),
	family('analyst', 'node', 'node', [40, 48], {
		parent: 'package',
		create: 'STUDIO_NODE_CREATED',
		change: ['STUDIO_NODE_UPDATED'],
		use: ['STUDIO_NODE_UPDATED', 'STUDIO_NODE_UPDATED', 'STUDIO_NODE_UPDATED', 'STUDIO_NODE_MOVED'],
		rename: 'STUDIO_NODE_RENAMED',
		copy: ['STUDIO_NODE_COPIED', 'STUDIO_NODE_DUPLICATED'],
		remove: 'STUDIO_NODE_DELETED',
		restore: 'STUDIO_NODE_RESTORED',
	}),
	family('analyst', 'variable', 'variable', [12, 6], {
		parent: 'node',
		create: 'STUDIO_INPUT_VARIABLE_CREATED',
		change: ['STUDIO_INPUT_VARIABLE_UPDATED'],
		remove: 'STUDIO_INPUT_VARIABLE_DELETED',
	}),
	family('analyst', 'packageVariable', 'variable', [8, 4], {
		parent: 'package',
		create: 'STUDIO_PACKAGE_VARIABLE_CREATED',
		change: ['STUDIO_PACKAGE_VARIABLE_CHANGED'],
		remove: 'STUDIO_PACKAGE_VARIABLE_DELETED',
	}),
	family('analyst', 'reportTrigger', 'named', [6, 3], {
		parent: 'node',
		create: 'VIEW_REPORT_TRIGGER_CREATED',
		change: ['VIEW_REPORT_TRIGGER_UPDATED'],
		toggle: ['VIEW_REPORT_TRIGGER_ACTIVATED', 'VIEW_REPORT_TRIGGER_DEACTIVATED'],
		remove: 'VIEW_REPORT_TRIGGER_DELETED',
	}),
	family('analyst', 'objective', 'named', [4, 1.5], {
		create: 'OBJECTIVE_CREATED',
		change: ['OBJECTIVE_UPDATED'],
		use: ['OBJECTIVE_INSTALLED'],
		remove: 'OBJECTIVE_DELETED',
	}),
	family('analyst', 'kpi', 'named', [5, 1.5], {
		parent: 'objective',
		create: 'OBJECTIVE_KPI_CREATED',
		change: ['OBJECTIVE_KPI_UPDATED'],
		remove: 'OBJECTIVE_KPI_DELETED',
	}),
	family('analyst', 'reporting', 'named', [3, 0.8], {
		create: 'REPORTING_CREATED',
		change: ['REPORTING_UPDATED'],
	}),
	family('analyst', 'taskProject', 'taskMining', [3, 0.8], {
		create: 'TASK_MINING_PROJECT_CREATED',
		change: ['TASK_MINING_PROJECT_CONNECTION_UPDATED'],
		use: [
			'TASK_MINING_DATA_PROCESSING_TRIGGER_MANUAL',
			'TASK_MINING_DATA_PROCESSING_MANUAL_EXECUTION_TRIGGERED',
		],
		remove: 'TASK_MINING_PROJECT_DELETED',
	}),
	family('analyst', 'taskConfiguration', 'taskMining', [3, 1], {
		parent: 'taskProject',
		create: 'TASK_MINING_CONFIGURATION_CREATED',
		change: ['TASK_MINING_CONFIGURATION_UPDATED'],
		use: ['TASK_MINING_CONFIGURATION_DOWNLOADED', 'TASK_MINING_NEW_CONFIGURATION_UPLOADED'],
	}),
	family('analyst', 'label', 'taskMining', [5, 1.5], {
		parent: 'taskProject',
		create: 'TASK_MINING_LABEL_CREATED',
		change: ['TASK_MINING_LABEL_UPDATED'],
		remove: 'TASK_MINING_LABEL_DELETED',
	}),
	family('analyst', 'minedTask', 'taskMining', [3, 1], {
		parent: 'taskProject',
		create: 'TASK_MINING_TASK_CREATED',
		change: ['TASK_MINING_TASK_UPDATED'],
		remove: 'TASK_MINING_TASK_DELETED',
	}),

	family('automator', 'actionFlow', 'named', [6, 8], {
		parent: 'package',
		create: 'ACTIONFLOW_CREATED',
		change: [
			'ACTIONFLOW_DRAFT_BLUEPRINT_MODIFIED',
			'ACTIONFLOW_DRAFT_BLUEPRINT_MODIFIED',
			'ACTIONFLOW_SCHEDULE_MODIFIED',
		],
		toggle: ['ACTIONFLOW_ACTIVATED', 'ACTIONFLOW_DEACTIVATED'],
	}),
	family('automator', 'skill', 'named', [4, 3], {
		create: 'SKILL_CREATED',
		change: ['SKILL_UPDATED'],
		use: ['SKILL_INSTALLED'],
		copy: ['SKILL_DUPLICATED'],
		rename: 'SKILL_RENAMED',
		remove: 'SKILL_DELETED',
	}),
	family('automator', 'routingRule', 'named', [4, 3], {
		create: 'ROUTING_RULE_CREATED',
		change: ['ROUTING_RULE_UPDATED'],
		copy: ['ROUTING_RULE_DUPLICATED'],
		remove: 'ROUTING_RULE_DELETED',
	}),
	family('automator', 'workflow', 'named', [4, 2], {
		create: 'WORKFLOW_CREATED',
		rename: 'WORKFLOW_RENAMED',
		remove: 'WORKFLOW_DELETED',
	}),
	family('automator', 'connection', 'named', [4, 2], {
		create: 'CONNECTION_CREATED',
		change: ['CONNECTION_UPDATED'],
		remove: 'CONNECTION_DELETED',
	}),
	family('automator', 'agent', 'named', [2, 0.4], { create: 'AGENT_REGISTERED' }),
	family('automator', 'agentPackage', 'package', [3, 2], {
		parent: 'space',
		create: 'AGENT_PACKAGE_CREATED',
		change: ['AGENT_PACKAGE_UPDATED'],
		remove: 'AGENT_PACKAGE_DELETED',
	}),

	family('scientist', 'workspace', 'named', [3, 2], {
		create: 'ML_WORKSPACE_CREATED',
		change: ['ML_WORKSPACE_UPDATED'],
		remove: 'ML_WORKSPACE_DELETED',
	}),
	family('scientist', 'notebook', 'named', [5, 6], {
		parent: 'workspace',
		create: 'ML_NOTEBOOK_CREATED',
		change: ['ML_NOTEBOOK_UPDATED'],
		remove: 'ML_NOTEBOOK_DELETED',
	}),
	family('scientist', 'mlSchedule', 'named', [2, 1.5], {
		parent: 'workspace',
		create: 'ML_SCHEDULING_CREATED',
		change: ['ML_SCHEDULING_UPDATED'],
		remove: 'ML_SCHEDULING_DELETED',
	}),
	family('scientist', 'flow', 'named', [2, 0.7], {
		create: 'ML_FLOW_ENABLED',
		remove: 'ML_FLOW_DISABLED',
	}),
	family('scientist', 'llm', 'named', [2, 1], {
		create: 'LLM_CONFIGURATION_CREATED',
		change: ['LLM_CONFIGURATION_UPDATED'],
		toggle: ['LLM_CONFIGURATION_ENABLED', 'LLM_CONFIGURATION_DISABLED'],
		remove: 'LLM_CONFIGURATION_DELETED',
	}),
	family('scientist', 'llmModel', 'named', [1, 0.5], {
		create: 'LLM_MODEL_ENABLED',
		remove: 'LLM_MODEL_DISABLED',
	}),
	family('scientist', 'aiConfiguration', 'taskMining', [2, 0.8], {
		create: 'TASK_MINING_AI_CONFIGURATION_CREATED',
		change: ['TASK_MINING_AI_CONFIGURATION_UPDATED'],
		use: [
			'TASK_MINING_AI_DISCOVERY_JOB_CREATED',
			'TASK_MINING_AI_PIPELINE_JOB_CREATED',
			'TASK_MINING_AI_EXECUTION_JOB_CREATED',
		],
		remove: 'TASK_MINING_AI_CONFIGURATION_DELETED',
	}),

	family('business', 'workspaceNode', 'node', [4, 3], {
		parent: 'package',
		create: 'PROCESS_WORKSPACE_NODE_UPDATED',
		use: ['PROCESS_WORKSPACE_NODE_UPDATED'],
	}),

	family('admin', 'uplink', 'named', [2, 0.4], {
		create: 'UPLINK_CREATED',
		change: ['UPLINK_UPDATED'],
		remove: 'UPLINK_DELETED',
	}),
	family('admin', 'partnerTeam', 'teamCopy', [2, 0.3], {
		create: 'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_CREATED',
		use: ['TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_AUTHORIZED'],
		remove: 'TEAM_TO_TEAM_COPY_AUTHORIZED_TEAM_DELETED',
	}),
	family('admin', 'teamCopy', 'teamCopy', [2, 0.5], {
		parent: 'partnerTeam',
		create: 'TEAM_TO_TEAM_COPY_CONFIGURATION_CREATED',
		change: ['TEAM_TO_TEAM_COPY_CONFIGURATION_UPDATED'],
		remove: 'TEAM_TO_TEAM_COPY_CONFIGURATION_DELETED',
	}),
	family('admin', 'copySchedule', 'teamCopy', [2, 0.5], {
		parent: 'teamCopy',
		create: 'TEAM_TO_TEAM_COPY_SCHEDULING_CREATED',
		change: ['TEAM_TO_TEAM_COPY_SCHEDULING_UPDATED'],
		remove: 'TEAM_TO_TEAM_COPY_SCHEDULING_DELETED',
	}),
];

const byKind = new Map(families.map((family) => [family.kind, family]));

/** The family of a kind. */
export function getFamily(kind: Kind): Family {
	const family = byKind.get(kind);
	if (!family) throw new Error(`No family has the kind ${kind}`);
	return family;
}
