import type { ContentFields } from '../records/eventId';
import type { ReadPages } from './paginator';

/** A log of a team, ready to be read. */
export interface OpenLog {
	readonly pages: ReadPages;
	readonly contentFields: ContentFields;
}
