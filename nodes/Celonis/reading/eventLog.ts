import type { ApiName } from '../errors/apis';
import type { IdentityFields } from '../records/eventId';
import type { Paginator } from './paginator';

/** A log of a team, ready to be read. */
export interface EventLog {
	/** The API that errors are about. */
	readonly api: ApiName;
	/** The host of the team, such as `acme.eu-1.celonis.cloud`. */
	readonly team: string;
	readonly pages: Paginator;
	/** How many pages are requested in parallel at present, if that varies. */
	readonly getConcurrency?: () => number;
	readonly identityFields: IdentityFields;
	/** Whether event IDs are computed when somebody asks for them: see `IdentityScope`. */
	readonly hasLazyIds?: boolean;
}
