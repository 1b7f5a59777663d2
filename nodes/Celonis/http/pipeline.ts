import { withLanes } from './concurrencyLimiter';
import { withPace, type Pacing } from './throttle';
import type { Send } from './request';
import { withRetry } from './retry';

/** How requests are sent so that passing faults are got over, and Celonis is not asked too much. */
export interface Patience extends Pacing {
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
}

/** How long one request is repeated against passing faults. */
const PATIENCE_MS = 5 * 60_000;

/** Sends requests at a pace that Celonis bears, and repeats those that met a passing fault. */
export function withPatience(send: Send, patience: Patience): Send {
	const rules = { ...patience, patienceMs: PATIENCE_MS };
	return withRetry(withLanes(withPace(send, rules), patience.concurrency, rules), rules);
}
