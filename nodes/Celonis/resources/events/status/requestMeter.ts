import type { RequestObserver } from '../../../http/request';
import { parseRateLimit, type RateLimit } from '../../../http/rateLimit';
import { getServerTime, type HttpResponse } from '../../../http/response';
import { THROTTLE_THRESHOLD, throttleDelay } from '../../../http/throttle';
import type { ClockReading } from '../../../reading/clockReading';
import { readClocks } from '../../../reading/paginator';

/** Ends a request that would exceed the maximum. It is no error of Celonis, and is never shown. */
export class TooManyRequests extends Error {}

/** Counts the requests of a status, ends them at a maximum, and keeps what their headers say. */
export class RequestMeter implements RequestObserver {
	#left: number;
	#clocks: ClockReading | undefined;
	#rateLimit: RateLimit = {};
	#isNearLimit = false;

	constructor(maxRequests: number) {
		this.#left = maxRequests;
	}

	beforeRequest(): void {
		if (this.#left === 0) throw new TooManyRequests();
		this.#left--;
	}

	afterResponse(response: HttpResponse): void {
		if (getServerTime(response) !== undefined) this.#clocks = readClocks(response);
		const rateLimit = parseRateLimit(response);
		const isTold = Object.values(rateLimit).some((value) => value !== undefined);
		if (!isTold) return;
		this.#rateLimit = rateLimit;
		const { limit = 0, remaining = Infinity } = rateLimit;
		this.#isNearLimit = remaining <= limit * THROTTLE_THRESHOLD || throttleDelay(response) > 0;
	}

	/** Whether more than some requests may follow. The last ones of a rate limit are left to others. */
	hasMoreThan(reserved: number): boolean {
		return this.#left > reserved && !this.#isNearLimit;
	}

	/** What the clocks showed around the last response that had a `Date`. */
	get clocks(): ClockReading | undefined {
		return this.#clocks;
	}

	/** What was said last about the rate limit. */
	get rateLimit(): RateLimit {
		return this.#rateLimit;
	}

	/** The server's time as it was told last, or else this machine's, in epoch milliseconds. */
	getNow(): number {
		return this.#clocks?.serverMs ?? Date.now();
	}
}
