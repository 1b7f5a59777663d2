import { formatRaw, type EventFormatters } from '../../../output/items';
import { withUnreadableRecords } from '../../../output/unreadable';
import { formatEcs } from './ecs';
import { formatLoginEvent } from './enrichment';
import { formatOcsf } from './ocsf';

/** The output formats of login events. */
export const LOGIN_HISTORY_FORMATTERS: EventFormatters = withUnreadableRecords(
	{
		event: formatLoginEvent,
		raw: formatRaw,
		ecs: formatEcs,
		ocsf: formatOcsf,
	},
	{ dataset: 'celonis.login_history', product: 'Celonis Login History', logName: 'Login History' },
);
