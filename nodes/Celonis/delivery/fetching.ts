import type { ClockReading } from '../reading/clockReading';
import type { Cursor } from './cursor';
import type { DeliveryResult, DeliveryRules } from './delivery';
import type { SetBackRules } from './setBack';

/** What to fetch, for how long, and with how many requests at once. */
export interface FetchRules extends DeliveryRules, SetBackRules {
	/** Fetching ends at this moment, by the clock that is passed along with the rules. */
	readonly deadlineMs: number;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	/**
	 * The `readAtMs` of the first poll with these settings, if that is known; every reading by default.
	 * Events that earlier readings did not show may have been excluded by other filters.
	 */
	readonly settingsSinceMs?: number;
}

/** What a poll delivers, and what the user should know about it. */
export interface FetchedEvents extends DeliveryResult {
	/** The error that ended fetching early, after new events had been found. */
	readonly stoppedBy?: unknown;
	/** When the log was read, by the server's time. Missing if nothing was. */
	readonly readAtMs?: number;
	/** What the clocks showed, unless nothing was fetched. */
	readonly clocks?: ClockReading;
	/**
	 * Set if the cursor was moved back before anything was fetched, because the server's clock was set
	 * back: what was fetched comes after this cursor. Events may be delivered again.
	 */
	readonly movedBackTo?: Cursor;
	/** Set if events appeared later than half of the lookback: how late at least, in milliseconds. */
	readonly latenessMs?: number;
}
