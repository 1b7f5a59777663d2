import type { OutputFormat } from './items';

/** The fields that all OCSF classes have, and those of single classes. */
const OCSF_FIELDS = [
	...['activity_id', 'activity_name', 'actor', 'api', 'auth_protocol', 'auth_protocol_id'],
	...['category_name', 'category_uid', 'class_name', 'class_uid', 'entity', 'group', 'is_mfa'],
	...['message', 'metadata', 'privileges', 'raw_data', 'resource', 'resources', 'service'],
	...['severity', 'severity_id', 'src_endpoint', 'status', 'status_detail', 'status_id', 'time'],
	...['type_name', 'type_uid', 'unmapped', 'user'],
];

const ECS_FIELDS = [
	...['@timestamp', 'celonis', 'ecs', 'error', 'event', 'group', 'message', 'observer'],
	...['related', 'source', 'user'],
];

/**
 * The outermost fields that items of a format can have. The other formats have the fields of the
 * record, to which Celonis may add.
 */
export const KNOWN_FIELDS: Readonly<Partial<Record<OutputFormat, readonly string[]>>> = {
	ecs: ECS_FIELDS,
	ocsf: OCSF_FIELDS,
};
