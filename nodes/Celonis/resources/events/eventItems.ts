import type { IDataObject } from 'n8n-workflow';
import { formatEvent, setEventId, type OutputSettings } from '../../output/items';
import type { IdentityScope, LogEvent } from '../../records/eventId';

/** Makes the items of a reading. */
export interface EventItems {
	/** Whether an event passes the filters. */
	matches(event: LogEvent): boolean;
	/** For the log: makes an item as soon as the page of its event is read. */
	readonly project: IdentityScope['project'];
	/** The item of an event, whenever it was made. */
	toItem(event: LogEvent): IDataObject;
}

/**
 * Makes the items of the events that match. If all of them are needed, and the items are not the records
 * themselves, they are made as the pages come: then the memory of a long reading is that of its items.
 */
export function createEventItems(
	settings: OutputSettings & { readonly keepsRecords: boolean },
	matches: (event: LogEvent) => boolean,
	limit: number,
): EventItems {
	const isEarly = limit === Infinity && !settings.keepsRecords;
	return {
		matches: (event) => event.projection !== undefined || matches(event),
		project: isEarly
			? (event) => (matches(event) ? formatEvent(event, settings) : undefined)
			: undefined,
		toItem: (event) => {
			const { projection } = event;
			if (!projection) return formatEvent(event, settings) as IDataObject;
			const item = projection as IDataObject;
			if (settings.eventIdPath) setEventId(item, settings.eventIdPath, event.eventId);
			return item;
		},
	};
}
