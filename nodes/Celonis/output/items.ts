import type { Members } from '../members/directory';
import { pickFields, type FieldPath } from './fields';
import type { LogEvent } from '../records/eventId';

/** The forms in which an event leaves the nodes, in every log. */
export const OUTPUT_FORMATS = ['event', 'raw', 'ecs', 'ocsf'] as const;

export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

/** Makes an event's JSON. Always a new object; what is inside it may be shared. */
export type Format = (event: LogEvent, members?: Members) => Record<string, unknown>;

/** What a log makes of its events. */
export type Formats = Readonly<Record<OutputFormat, Format>>;

/** What an item is to hold. */
export interface Output {
	readonly format: Format;
	/** The fields to keep; all where there are none. */
	readonly fields?: readonly FieldPath[];
	/** Who is in the team, where that is to be told. */
	readonly members?: Members;
}

/** An event's JSON in the chosen form. */
export function formatEvent(
	event: LogEvent,
	{ format, fields = [], members }: Output,
): Record<string, unknown> {
	const formatted = format(event, members);
	return fields.length === 0 ? formatted : pickFields(formatted, fields);
}

/** The record as Celonis sent it. */
export const asSent: Format = ({ raw }) => ({ ...raw });
