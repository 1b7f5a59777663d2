import { formatRaw, type EventFormatters } from '../../../output/items';
import { formatEcs } from './ecs';
import { formatLoginEvent } from './enrichment';
import { formatOcsf } from './ocsf';

/** The output formats of login events. */
export const LOGIN_HISTORY_FORMATTERS: EventFormatters = {
	event: formatLoginEvent,
	raw: formatRaw,
	ecs: formatEcs,
	ocsf: formatOcsf,
};
