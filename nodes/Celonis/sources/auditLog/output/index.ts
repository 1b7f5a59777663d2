import { formatRaw, type EventFormatters } from '../../../output/items';
import { withUnreadableRecords } from '../../../output/unreadable';
import { formatEcs } from './ecs';
import { formatAuditEvent } from './enrichment';
import { formatOcsf } from './ocsf';

/** The output formats of audit events. */
export const AUDIT_LOG_FORMATTERS: EventFormatters = withUnreadableRecords(
	{
		event: formatAuditEvent,
		raw: formatRaw,
		ecs: formatEcs,
		ocsf: formatOcsf,
	},
	{ dataset: 'celonis.audit', product: 'Celonis Audit Log', logName: 'Audit Log' },
);
