import { formatRaw, type EventFormatters } from '../../../output/items';
import { withUnreadableRecords } from '../../../output/unreadable';
import { formatEcs } from './ecs';
import { formatAuditEvent } from './enrichment';
import { formatOcsf } from './ocsf';
import { formatSummary } from './summary';

/** The output formats of audit events. */
export const AUDIT_LOG_FORMATTERS: EventFormatters = withUnreadableRecords(
	{
		event: formatAuditEvent,
		summary: formatSummary,
		ecs: formatEcs,
		ocsf: formatOcsf,
		raw: formatRaw,
	},
	{ dataset: 'celonis.audit', product: 'Celonis Audit Log', logName: 'Audit Log' },
);
