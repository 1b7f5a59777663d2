import type { INodeProperties } from 'n8n-workflow';
import type { Api } from '../errors/apis';
import type { RecordFilter } from '../filters/recordFilter';
import type { ContentFields } from '../records/eventId';
import type { JsonObject } from '../records/json';
import type { Formats } from '../output/items';
import type { ParameterPlace } from '../parameters/lists';
import type { ReadPages } from '../reading/paginator';
import type { Send } from '../http/request';

/**
 * A log that Celonis keeps of a team. What is the same for all logs (reading, identity, delivery,
 * faults) goes by this; all that one has of its own stands in its folder.
 */
export interface Source {
	readonly api: Api;
	/** How users see it, one of its events, and what such events tell. */
	readonly title: string;
	readonly event: string;
	readonly description: string;
	/** What makes an event come to be, for somebody who wants to see one. */
	readonly example: string;
	readonly contentFields: ContentFields;
	readonly formats: Formats;
	/** The parameter 'filters'. */
	readonly filtersProperty: INodeProperties;
	/** Entries of 'options' that only this log has. */
	readonly ownOptions: readonly INodeProperties[];
	/** The pages, by the version of the API that the options ask for. */
	openPages(send: Send, options: JsonObject): ReadPages;
	/** What 'filters' holds; an error for what can't be used. */
	readFilters(context: ParameterPlace['context'], given: unknown, itemIndex?: number): Wanted;
}

/** Which events are wanted. */
export interface Wanted {
	readonly hasFilters: boolean;
	readonly wants: RecordFilter;
}

/** What the filters want; those that are not set are `undefined` or false. */
export function wantedBy<Filters extends object>(
	filters: Filters,
	compile: (filters: Filters) => RecordFilter,
): Wanted {
	return { hasFilters: Object.values(filters).some(Boolean), wants: compile(filters) };
}
