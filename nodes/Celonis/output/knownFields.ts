import type { OutputFormat } from './items';
import { SUMMARY_FIELDS } from './summary';

/** The fields that all OCSF classes have, and those of single classes. */
const OCSF_FIELDS = [
	...['activity_id', 'activity_name', 'actor', 'api', 'auth_protocol', 'auth_protocol_id'],
	...['category_name', 'category_uid', 'class_name', 'class_uid', 'entity', 'group', 'is_mfa'],
	...['dst_endpoint', 'entity_result', 'message', 'metadata', 'observables', 'privileges'],
	...['raw_data', 'resource', 'resources', 'service', 'session', 'severity', 'severity_id'],
	...['src_endpoint', 'status', 'status_code', 'status_detail', 'status_id', 'time', 'type_name'],
	...['type_uid', 'unmapped', 'user', 'user_result'],
];

const ECS_FIELDS = [
	...['@timestamp', 'celonis', 'destination', 'ecs', 'entity', 'error', 'event', 'group'],
	...['message', 'observer', 'organization', 'package', 'related', 'source', 'url', 'user'],
];

/**
 * The outermost fields that items of a format can have. The other formats have the fields of the
 * record, to which Celonis may add.
 */
export const KNOWN_FIELDS: Readonly<Partial<Record<OutputFormat, readonly string[]>>> = {
	summary: SUMMARY_FIELDS,
	ecs: ECS_FIELDS,
	ocsf: OCSF_FIELDS,
};
