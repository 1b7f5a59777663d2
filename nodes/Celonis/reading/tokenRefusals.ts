import { addFact, type CelonisError } from '../errors/celonisError';

/** What a server may return for a page token that has expired: nobody says whether tokens expire. */
const REFUSAL_STATUSES: ReadonlySet<unknown> = new Set([400, 404, 410]);

/** How many more page tokens may be refused than accepted. */
const MAX_EXCESS = 3;

/** Which page tokens of one reading were accepted. All its slices share it. */
export class TokenRefusals {
	#accepted = 0;
	#refused = 0;

	/** How many refusals were counted: `explain` needs what this was when the request was sent. */
	get count(): number {
		return this.#refused;
	}

	/** Counts a page token that was accepted. */
	accept(): void {
		this.#accepted++;
	}

	/**
	 * The error of a request with a page token. If the token may have expired, the pages of its window
	 * are read again (see `isPageShift`), unless too many tokens are refused. Requests that were in
	 * flight together count once: they may have made each other's tokens expire.
	 */
	explain(error: CelonisError, countWhenSent: number): CelonisError {
		const { code, status } = error.details;
		if (code === 'proxyRefused' || !REFUSAL_STATUSES.has(status)) return error;
		if (countWhenSent === this.#refused) this.#refused++;
		const isExpired = this.#refused <= this.#accepted + MAX_EXCESS;
		return isExpired ? addFact(error, { isSequenceBroken: true, isTokenRefused: true }) : error;
	}
}
