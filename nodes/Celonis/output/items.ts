import type { MemberDirectory } from '../members/directory';
import { pickFields, type FieldPath } from './fields';
import type { LogEvent } from '../records/eventId';

/** The formats in which the nodes return events of every log. */
export const OUTPUT_FORMATS = ['event', 'summary', 'ecs', 'ocsf', 'raw'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/**
 * Formats an event as the JSON of an item. That may be the record itself, completed in place: a reading
 * hands each event to one item and keeps none, and to copy all records would double their memory.
 */
export type EventFormatter = (
	event: LogEvent,
	members?: MemberDirectory,
) => Record<string, unknown>;

/** The formatters of a log. */
export type EventFormatters = Readonly<Record<OutputFormat, EventFormatter>>;

/** Where items of each format have the event ID. */
const EVENT_ID_PATHS: Readonly<Record<OutputFormat, FieldPath | undefined>> = {
	event: ['eventId'],
	summary: ['eventId'],
	ecs: ['event', 'id'],
	ocsf: ['metadata', 'uid'],
	raw: undefined,
};

/** Where items of a format with these fields, or with all, have the event ID; `null` if they have none. */
export function getEventIdPath(
	format: OutputFormat,
	fields: readonly FieldPath[] = [],
): FieldPath | null {
	const idPath = EVENT_ID_PATHS[format];
	if (!idPath) return null;
	const includesId = (path: FieldPath) =>
		path.length <= idPath.length && path.every((name, i) => name === idPath[i]);
	return fields.length === 0 || fields.some(includesId) ? idPath : null;
}

/** Whether the items are the records themselves, completed in place. */
export function keepsRecords(format: OutputFormat, fields: readonly FieldPath[] = []): boolean {
	return fields.length === 0 && (format === 'event' || format === 'raw');
}

/** How events are formatted. */
export interface OutputSettings {
	readonly format: EventFormatter;
	/** The fields to keep; all fields by default, or if the list is empty. */
	readonly fields?: readonly FieldPath[];
	/** Where the items have the event ID; `null` if they have none, so that it need not be known. */
	readonly eventIdPath?: FieldPath | null;
	/** The members of the team, if actors are enriched. */
	readonly members?: MemberDirectory;
}

/** Formats an event and picks the chosen fields. A record that cannot be read has none of them. */
export function formatEvent(
	event: LogEvent,
	{ format, fields = [], members, eventIdPath }: OutputSettings,
): Record<string, unknown> {
	const { raw, timestampMs, team, problem } = event;
	const isWhole = fields.length === 0 || problem !== undefined;
	const eventId = eventIdPath === null && !problem ? '' : event.eventId;
	// Only an item that is the record may complete it: the page of another one may still be compared.
	const record = isWhole ? raw : { ...raw };
	const formatted = format({ raw: record, timestampMs, team, problem, eventId }, members);
	return isWhole ? formatted : pickFields(formatted, fields);
}

/**
 * Sets the event ID of an item that was formatted before its duplicates were known. One that is right
 * stays: another copy of it would take as much memory as a short item.
 */
export function setEventId(
	item: Record<string, unknown>,
	[name = '', ...rest]: FieldPath,
	eventId: string,
): void {
	if (rest.length > 0) setEventId(item[name] as Record<string, unknown>, rest, eventId);
	else if (item[name] !== eventId) item[name] = eventId;
}

/** Formats an event as the record that Celonis sent. */
export const formatRaw: EventFormatter = ({ raw }) => raw;
