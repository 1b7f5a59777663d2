import type { MemberDirectory } from '../../../members/directory';
import { buildSummary } from '../../../output/summary';
import type { LogEvent } from '../../../records/eventId';
import { trimText } from '../../../records/text';
import { getCategory } from '../catalogue';
import { parseDetails } from './details';
import { getEventCategory } from './enrichment';
import { writeSummaryLine } from './summaryLine';
import { getTarget, getTargetText } from './target';

/** An audit event as one line and the same few columns for every event. */
export function formatSummary(event: LogEvent, members?: MemberDirectory): Record<string, unknown> {
	const details = parseDetails(event);
	const { eventName, classification, actor, role, object, objects, outcome } = details;
	const isPermissionChange = classification.ocsfClass === 'userAccess';
	const { gained = [], lost = [] } = outcome === 'failure' ? {} : details.privileges;
	const target = getTarget(details);
	return buildSummary(event, {
		eventName,
		category: trimText(getEventCategory(event)) ?? getCategory(eventName),
		line: writeSummaryLine(details, members),
		actor,
		actorRole: role ?? members?.find(actor)?.role,
		target: target && getTargetText(target),
		object: object.name ?? object.id,
		objectType: isPermissionChange
			? objects[0]?.type
			: classification.isDocumented
				? classification.object
				: undefined,
		granted: gained,
		revoked: lost,
		outcome,
		ipAddress: details.sourceAddress ?? details.sourceName,
	});
}
