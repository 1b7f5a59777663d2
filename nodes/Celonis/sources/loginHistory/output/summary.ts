import { findAddress } from '../../../filters/addressBlock';
import type { EventFormatter } from '../../../output/items';
import { buildSummary } from '../../../output/summary';
import { getText } from '../../../records/record';
import { parseLogin } from '../login';
import { writeLoginLine } from './summaryLine';

/** A login event as one line and the columns that audit events have too. */
export const formatSummary: EventFormatter = (event, members) => {
	const login = parseLogin(event);
	const { typeName, actor, outcome } = login;
	const ipAddress = getText(event, 'ipAddress');
	return buildSummary(event, {
		eventName: typeName,
		line: writeLoginLine(login, members),
		actor,
		actorRole: members?.find(actor)?.role,
		outcome,
		// Not documented for this log.
		ipAddress: ipAddress && (findAddress(ipAddress) ?? ipAddress),
	});
};
