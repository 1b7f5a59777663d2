import type { ApiName } from '../errors/apis';
import type { IdentityScope } from '../records/eventId';
import type { Paginator } from './paginator';

/** A log of a team, ready to be read. */
export interface EventLog extends IdentityScope {
	/** The API that errors are about. */
	readonly api: ApiName;
	readonly pages: Paginator;
	/** How many pages are requested in parallel at present, if that varies. */
	readonly getConcurrency?: () => number;
}
