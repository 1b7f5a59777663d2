import type { ApiName } from '../errors/apis';
import type { IdentityFields } from '../records/eventId';
import type { Paginator } from './paginator';

/** A log of a team, ready to be read. */
export interface EventLog {
	/** The API that errors are about. */
	readonly api: ApiName;
	readonly pages: Paginator;
	readonly identityFields: IdentityFields;
}
