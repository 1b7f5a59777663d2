import type { ApiName } from '../errors/apis';
import type { KnownLimit } from './adaptiveLimit';
import type { Clock } from './clock';
import { withConcurrencyLimit, type LimitedRequests } from './concurrencyLimiter';
import type { SendRequest } from './request';
import { withRetry } from './retry';
import { withThrottle } from './throttle';

/** How requests to an API are sent. */
export interface PipelineOptions {
	/** The API that errors are about. */
	readonly api: ApiName;
	readonly clock: Clock;
	/** From 0 to 1, as `Math.random`. */
	readonly random: () => number;
	/** Nothing is sent or waited for after this moment on the clock. */
	readonly deadlineMs?: number;
	/** Maximum number of parallel requests. */
	readonly concurrency: number;
	/** What is known about how many work, and who is told what was learned: see `ConcurrencyOptions`. */
	readonly knownLimit?: KnownLimit;
	readonly onLimitKnown?: (known: KnownLimit) => void;
	/** How often one request is sent at most; as the catalog says by default. */
	readonly maxAttempts?: number;
	/** How long one request may be retried, pauses included; five minutes by default. */
	readonly maxRetryDurationMs?: number;
}

const MAX_RETRY_DURATION_MS = 5 * 60_000;

/** Retries around a concurrency limit around a throttle: waiting for a retry takes no slot. */
export function withRequestPipeline(send: SendRequest, options: PipelineOptions): LimitedRequests {
	const policy = { maxRetryDurationMs: MAX_RETRY_DURATION_MS, ...options };
	const limited = withConcurrencyLimit(send, options.concurrency, policy, (sendNow) =>
		withThrottle(sendNow, policy),
	);
	return { ...limited, send: withRetry(limited.send, policy) };
}
