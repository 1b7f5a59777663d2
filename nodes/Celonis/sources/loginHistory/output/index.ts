import { formatRaw, type EventFormatters } from '../../../output/items';
import { withUnreadableRecords } from '../../../output/unreadable';
import { formatEcs } from './ecs';
import { formatLoginEvent } from './enrichment';
import { formatOcsf } from './ocsf';
import { formatSummary } from './summary';

/** The output formats of login events. */
export const LOGIN_HISTORY_FORMATTERS: EventFormatters = withUnreadableRecords(
	{
		event: formatLoginEvent,
		summary: formatSummary,
		ecs: formatEcs,
		ocsf: formatOcsf,
		raw: formatRaw,
	},
	{ dataset: 'celonis.login', product: 'Celonis Login History', logName: 'Login History' },
);
