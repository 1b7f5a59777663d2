import { formatRaw, type EventFormatters } from '../../../output/items';
import { formatEcs } from './ecs';
import { formatAuditEvent } from './enrichment';
import { formatOcsf } from './ocsf';

/** The output formats of audit events. */
export const AUDIT_LOG_FORMATTERS: EventFormatters = {
	event: formatAuditEvent,
	raw: formatRaw,
	ecs: formatEcs,
	ocsf: formatOcsf,
};
