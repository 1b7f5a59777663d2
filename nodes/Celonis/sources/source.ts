import type { INodeProperties } from 'n8n-workflow';
import type { ApiName } from '../errors/apis';
import type { RecordFilter } from '../filters/recordFilter';
import type { Connection } from '../http/connection';
import type { EventFormatters } from '../output/items';
import { FilterReader } from '../parameters/filterReader';
import { describeFilters } from '../parameters/filters';
import type { ParameterReader } from '../parameters/parameterReader';
import type { Paginator } from '../reading/paginator';
import type { IdentityFields } from '../records/eventId';

/** The logs that can be read, by their names in saved workflows. */
export type SourceName = Extract<ApiName, 'auditLog' | 'loginHistory'>;

/** The options that only one log has. */
export interface SourceOptions {
	readonly apiVersion?: 'v1' | 'v2';
}

/**
 * A log that Celonis keeps for a team. Everything that is specific to a log is behind this interface;
 * reading, event IDs, delivery and errors are the same for all logs.
 */
export interface Source {
	/** The API of the log; also its key in `SOURCES`, and the value of the trigger's parameter 'source'. */
	readonly api: SourceName;
	/** Value of the parameter 'resource' in saved workflows. */
	readonly resource: string;
	/** Name of the log in the editor. */
	readonly displayName: string;
	/** Name of one of its events in the editor. */
	readonly eventDisplayName: string;
	/** What its events record. */
	readonly description: string;
	/** What Get Many lists: the end of a sentence. */
	readonly listDescription: string;
	/** What a user can do to create an event: the beginning of a sentence. */
	readonly exampleAction: string;
	/** Why the log may be empty though something happened, in a sentence. */
	readonly emptyHint?: string;
	readonly identityFields: IdentityFields;
	readonly formatters: EventFormatters;
	/** The parameter 'filters'. */
	readonly filtersProperty: INodeProperties;
	/** Options that only this log has. */
	readonly optionProperties: readonly INodeProperties[];
	/** Gets the options that only this log has. One that cannot be used is an error. */
	getOptions(options: ParameterReader): SourceOptions;
	/** Creates the paginator for the API version that the options choose. */
	createPaginator(connection: Connection, options: SourceOptions): Paginator;
	/** Gets the parameter 'filters' and compiles it. A filter that cannot be used is an error. */
	getEventFilter(parameters: ParameterReader): EventFilter;
}

/** Which events of a log to keep. */
export interface EventFilter {
	/** Whether any filter is set. */
	readonly hasFilters: boolean;
	/** The filters as text: see `describeFilters`. */
	readonly filters: string;
	readonly matches: RecordFilter;
}

/** Creates `getEventFilter` of a log. Filters that are not set are `undefined` or false. */
export function createEventFilterGetter<Filters extends object>(
	filtersProperty: INodeProperties,
	getFilters: (reader: FilterReader) => Filters,
	compile: (filters: Filters) => RecordFilter,
): Source['getEventFilter'] {
	return (parameters) => {
		const reader = parameters.getCollection(filtersProperty);
		const filters = getFilters(new FilterReader(reader));
		const matchesFilters = compile(filters);
		const hasFilters = Object.values(filters).some(Boolean);
		return {
			hasFilters,
			filters: hasFilters ? describeFilters(filtersProperty, reader) : '',
			// Filters cannot tell what is not an object: it is never left out.
			matches: (event) => event.problem === 'notAnObject' || matchesFilters(event),
		};
	};
}
