import { withConcurrencyLimit } from './concurrencyLimiter';
import { withThrottle, type ThrottleOptions } from './throttle';
import type { SendRequest } from './request';
import { withRetry } from './retry';

/** How requests are sent so that passing faults are got over, and Celonis is not asked too much. */
export interface PipelineOptions extends ThrottleOptions {
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** How many requests may be under way at once. */
	readonly concurrency: number;
}

/** How long one request is repeated against passing faults. */
const MAX_RETRY_DURATION_MS = 5 * 60_000;

/** Sends requests at a pace that Celonis bears, and repeats those that met a passing fault. */
export function withRequestPipeline(send: SendRequest, patience: PipelineOptions): SendRequest {
	const rules = { ...patience, maxRetryDurationMs: MAX_RETRY_DURATION_MS };
	return withRetry(
		withConcurrencyLimit(withThrottle(send, rules), patience.concurrency, rules),
		rules,
	);
}
