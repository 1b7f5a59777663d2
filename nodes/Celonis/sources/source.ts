import type { INodeProperties } from 'n8n-workflow';
import type { ApiName } from '../errors/apis';
import type { RecordFilter } from '../filters/recordFilter';
import type { IdentityFields } from '../records/eventId';
import type { JsonObject } from '../records/json';
import type { EventFormatters } from '../output/items';
import type { ParameterRef } from '../parameters/lists';
import type { Paginator } from '../reading/paginator';
import type { SendRequest } from '../http/request';

/**
 * A log that Celonis keeps of a team. What is the same for all logs (reading, identity, delivery,
 * faults) goes by this; all that one has of its own stands in its folder.
 */
export interface Source {
	readonly api: ApiName;
	/** How users see it, one of its events, and what such events tell. */
	readonly title: string;
	readonly event: string;
	readonly description: string;
	/** What makes an event come to be, for somebody who wants to see one. */
	readonly example: string;
	readonly identityFields: IdentityFields;
	readonly formats: EventFormatters;
	/** The parameter 'filters'. */
	readonly filters: INodeProperties;
	/** Entries of 'options' that only this log has. */
	readonly ownOptions: readonly INodeProperties[];
	/** The pages, by the version of the API that the options ask for. */
	createPaginator(send: SendRequest, options: JsonObject): Paginator;
	/** What 'filters' holds; an error for what can't be used. */
	getEventFilter(context: ParameterRef['context'], given: unknown, itemIndex?: number): EventFilter;
}

/** Which events are wanted. */
export interface EventFilter {
	readonly hasFilters: boolean;
	readonly matches: RecordFilter;
}

/** What the filters want; those that are not set are `undefined` or false. */
export function createEventFilter<Filters extends object>(
	filters: Filters,
	compile: (filters: Filters) => RecordFilter,
): EventFilter {
	return { hasFilters: Object.values(filters).some(Boolean), matches: compile(filters) };
}
