import { formatRaw, type EventFormatters } from '../../../output/items';
import { formatAuditEvent } from './enrichment';
import { toEcs } from './ecs';
import { toOcsf } from './ocsf';

/** What the nodes make of an audit event. */
export const AUDIT_LOG_FORMATS: EventFormatters = {
	event: formatAuditEvent,
	raw: formatRaw,
	ecs: toEcs,
	ocsf: toOcsf,
};
