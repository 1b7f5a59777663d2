import type { Actor } from '../records/actor';
import type { LogEvent } from '../records/eventId';
import { memoizeByText } from '../records/memoize';
import { trimText } from '../records/text';
import { formatTimestamp } from '../records/timestamp';
import type { Outcome } from './entities';
import { toOneLine } from './labels';

/** The fields of a summary, in their order. */
export const SUMMARY_FIELDS = [
	'timestamp',
	'event',
	'category',
	'summary',
	'actor',
	'actorType',
	'actorRole',
	'target',
	'object',
	'objectType',
	'granted',
	'revoked',
	'outcome',
	'ipAddress',
	'team',
	'eventId',
] as const;

/** What a summary says, as far as it is known. */
export interface SummaryValues {
	/** Name of the event in Celonis. */
	readonly eventName?: string;
	readonly category?: string;
	/** One line: who did what to whom or what, and with which result. */
	readonly line: string;
	readonly actor?: Actor;
	readonly actorRole?: string;
	/** Whom the event is about, besides the actor: an e-mail address, a name or an ID. */
	readonly target?: string;
	/** What the event is about: a name or an ID. */
	readonly object?: string;
	readonly objectType?: string;
	readonly granted?: readonly string[];
	readonly revoked?: readonly string[];
	readonly outcome?: Outcome;
	readonly ipAddress?: string;
}

/**
 * A flat item with the same fields in the same order for every event of every log. What is not known is
 * null.
 */
export function buildSummary(
	{ timestampMs, team, eventId }: LogEvent,
	values: SummaryValues,
): Record<(typeof SUMMARY_FIELDS)[number], string | null> {
	const { actor, outcome } = values;
	return {
		timestamp: formatTimestamp(timestampMs),
		event: toNameCell(values.eventName),
		category: toCell(values.category),
		summary: values.line,
		actor: toCell(actor?.email ?? actor?.id),
		actorType: actor === undefined || actor.type === 'unknown' ? null : actor.type,
		actorRole: toNameCell(values.actorRole),
		target: toCell(values.target),
		object: toCell(values.object),
		objectType: toCell(values.objectType),
		granted: toListCell(values.granted),
		revoked: toListCell(values.revoked),
		outcome: outcome === undefined || outcome === 'unknown' ? null : outcome,
		ipAddress: toCell(values.ipAddress),
		team: toCell(team),
		eventId,
	};
}

/** More permissions make no summary; the others are counted. */
const MAX_LISTED = 20;

function toListCell(texts: readonly string[] = []): string | null {
	const listed = texts.slice(0, MAX_LISTED).map(toOneLine);
	const more = texts.length - listed.length;
	return [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join(', ') || null;
}

/** A cell with one of few texts: items of the same name share it. */
function toNameCell(text: string | null | undefined): string | null {
	const trimmed = trimText(text);
	return trimmed === undefined ? null : toSharedLine(trimmed);
}

const toSharedLine = memoizeByText(toOneLine);

/** One line, shortened if it is long. */
function toCell(text: string | null | undefined): string | null {
	const trimmed = trimText(text);
	return trimmed === undefined ? null : toOneLine(trimmed);
}
