import { pickFields, type FieldPath } from './fields';
import { toEcs } from './formats/ecs';
import { toOcsf } from './formats/ocsf';
import { enrich } from './enrichment';
import type { AuditEvent } from './identity';

/** The forms in which an event leaves the nodes. */
export type OutputFormat = 'event' | 'raw' | 'ecs' | 'ocsf';

/** What an item is to hold. */
export interface Output {
	readonly format: OutputFormat;
	/** The fields to keep; all where there are none. */
	readonly fields?: readonly FieldPath[];
}

const FORMATS: Readonly<Record<OutputFormat, (event: AuditEvent) => Record<string, unknown>>> = {
	event: enrich,
	raw: ({ raw }) => ({ ...raw }),
	ecs: toEcs,
	ocsf: toOcsf,
};

/** Every form there is. */
export const OUTPUT_FORMATS = Object.keys(FORMATS) as OutputFormat[];

/** An event's JSON in the chosen form. Always a new object; what is inside it may be shared. */
export function formatEvent(
	event: AuditEvent,
	{ format, fields = [] }: Output,
): Record<string, unknown> {
	const formatted = FORMATS[format](event);
	return fields.length === 0 ? formatted : pickFields(formatted, fields);
}
