import type { MemberDirectory } from '../members/directory';
import { pickFields, type FieldPath } from './fields';
import type { LogEvent } from '../records/eventId';

/** The forms in which an event leaves the nodes, in every log. */
export const OUTPUT_FORMATS = ['event', 'raw', 'ecs', 'ocsf'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Makes an event's JSON. Always a new object; what is inside it may be shared. */
export type EventFormatter = (
	event: LogEvent,
	members?: MemberDirectory,
) => Record<string, unknown>;

/** What a log makes of its events. */
export type EventFormatters = Readonly<Record<OutputFormat, EventFormatter>>;

/** What an item is to hold. */
export interface OutputSettings {
	readonly format: EventFormatter;
	/** The fields to keep; all where there are none. */
	readonly fields?: readonly FieldPath[];
	/** Who is in the team, where that is to be told. */
	readonly members?: MemberDirectory;
}

/** An event's JSON in the chosen form. */
export function formatEvent(
	event: LogEvent,
	{ format, fields = [], members }: OutputSettings,
): Record<string, unknown> {
	const formatted = format(event, members);
	return fields.length === 0 ? formatted : pickFields(formatted, fields);
}

/** The record as Celonis sent it. */
export const formatRaw: EventFormatter = ({ raw }) => ({ ...raw });
