import type { IdentityFields } from '../records/eventId';
import type { Paginator } from './paginator';

/** A log of a team, ready to be read. */
export interface EventLog {
	readonly pages: Paginator;
	readonly identityFields: IdentityFields;
}
