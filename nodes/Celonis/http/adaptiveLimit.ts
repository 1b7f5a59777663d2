/** How many requests are sent in parallel at first, if so many are allowed. */
const INITIAL_LIMIT = 2;

/** After how many responses for each parallel request the limit grows, until growing has a price. */
const RESPONSES_PER_STEP = 2;

/**
 * The same after a 429, after more requests in parallel were hardly faster, and from some requests on
 * if nobody says what the rate limit is: all that are in flight get a 429 at once.
 */
const RESPONSES_PER_CAUTIOUS_STEP = 8;
const MAX_INCAUTIOUS_LIMIT = 4;

/** The maximum after a 429 is half of the maximum before it, but not less than this. */
const MIN_REDUCED_MAX = 4;

/** What part of the additional requests a second a higher limit has to bring, so that it grows on. */
const MIN_GAIN = 0.3;

/** What is known about a limit, and passed from one connection to the next. */
export interface KnownLimit {
	/** How many parallel requests work. */
	readonly limit: number;
	/** How many responses there were to so many, and how long they took together, in milliseconds. */
	readonly responses: number;
	readonly durationMs: number;
	/** When the last 429 came, if the maximum is lower because of it. */
	readonly reducedAtMs?: number;
}

export const NOTHING_KNOWN: KnownLimit = { limit: INITIAL_LIMIT, responses: 0, durationMs: 0 };

/** A response, as far as it matters for the limit. */
export interface LimitSample {
	/** How long the response took. */
	readonly durationMs: number;
	/** How many more requests the rate limit allows; missing if the response does not say. */
	readonly remaining?: number;
}

/**
 * How many requests may be sent in parallel. It starts low and doubles while more requests at once are
 * faster and no 429 comes, up to a maximum, and never to more than the rate limit allows. After a 429
 * it is halved and grows slowly, up to a lower maximum.
 */
export class AdaptiveLimit {
	#current: number;
	#durationMs: number;
	#responses: number;
	#isCautious: boolean;
	#reducedAtMs: number | undefined;
	/** The limit before the last growth, and how many requests a millisecond it allowed. */
	#lower: { readonly limit: number; readonly rate: number } | undefined;

	/** Starts from what an earlier connection learned, even if that connection saw too few responses to grow. */
	constructor(
		private readonly max: number,
		known = NOTHING_KNOWN,
	) {
		this.#reducedAtMs = known.reducedAtMs;
		this.#isCautious = known.reducedAtMs !== undefined;
		this.#current = Math.min(known.limit, this.#maxNow);
		const { responses, durationMs } = this.#current === known.limit ? known : NOTHING_KNOWN;
		this.#responses = responses;
		this.#durationMs = durationMs;
	}

	get current(): number {
		return this.#current;
	}

	/** What the next connection may start with. */
	get known(): KnownLimit {
		return {
			limit: this.#current,
			responses: this.#responses,
			durationMs: this.#durationMs,
			reducedAtMs: this.#reducedAtMs,
		};
	}

	/** Counts a response to one of as many parallel requests as the limit allows. */
	succeed({ durationMs, remaining }: LimitSample): void {
		this.#durationMs += durationMs;
		this.#responses++;
		const isRateLimitUnknown = remaining === undefined && this.#current >= MAX_INCAUTIOUS_LIMIT;
		const perSlot =
			this.#isCautious || isRateLimitUnknown ? RESPONSES_PER_CAUTIOUS_STEP : RESPONSES_PER_STEP;
		if (this.#responses < this.#current * perSlot) return;
		const rate = (this.#current * this.#responses) / Math.max(this.#durationMs, Number.MIN_VALUE);
		this.#startSample();
		if (this.#isWorthwhile(rate)) this.#grow(rate, remaining);
		else this.#isCautious = true;
	}

	/** Lowers the limit after a 429. */
	reduce(nowMs: number): void {
		this.#isCautious = true;
		this.#reducedAtMs = nowMs;
		this.#lower = undefined;
		this.#startSample();
		this.#current = Math.max(1, Math.floor(Math.min(this.#current, this.#maxNow) / 2));
	}

	get #maxNow(): number {
		if (this.#reducedAtMs === undefined) return this.max;
		return Math.min(this.max, Math.max(MIN_REDUCED_MAX, Math.floor(this.max / 2)));
	}

	#startSample(): void {
		this.#durationMs = 0;
		this.#responses = 0;
	}

	/** Where responses become slower as more requests are sent, nothing is gained. */
	#isWorthwhile(rate: number): boolean {
		if (!this.#lower) return true;
		const additional = this.#current / this.#lower.limit - 1;
		return rate >= this.#lower.rate * (1 + MIN_GAIN * additional);
	}

	#grow(rate: number, remaining = Infinity): void {
		const next = this.#isCautious ? this.#current + 1 : this.#current * 2;
		const grown = Math.min(next, this.#maxNow, Math.max(this.#current, remaining));
		if (grown > this.#current) this.#lower = { limit: this.#current, rate };
		this.#current = grown;
	}
}
