import type { ContentFields } from '../log/identity';
import type { ReadPages } from '../transport/pages';

/** A log of a team, ready to be read. */
export interface OpenLog {
	readonly pages: ReadPages;
	readonly contentFields: ContentFields;
}
