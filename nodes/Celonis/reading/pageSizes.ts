import type { CelonisError } from '../errors/celonisError';

/** By what factor pages become smaller. */
const REDUCTION = 4;

/**
 * After how many failed attempts a smaller page is tried. A response that is lost on its way may be too
 * large for a proxy; a single one only means that the network has failed.
 */
const MAX_LOST_RESPONSES = 3;

/** The same for a timeout, if pages of this size have arrived before. */
const MAX_TIMEOUTS = 2;

/** How many records to request per page, as one reading has found out. All its slices share it. */
export class PageSizes {
	#max = Infinity;
	#largestReceived = 0;

	/** The size to request, if this one is desired. */
	choose(desired: number): number {
		return Math.min(desired, this.#max);
	}

	/** Whether no page with this many records has arrived yet, and a smaller one is possible. */
	isUncertain(size: number): boolean {
		return size > 1 && size > this.#largestReceived;
	}

	/** Remembers that a page with this many records has arrived. */
	confirm(records: number): void {
		this.#largestReceived = Math.max(this.#largestReceived, records);
	}

	/**
	 * Reduces the size if pages of this size are too large or too slow. Returns whether smaller ones
	 * can be requested.
	 */
	reduceAfter({ details }: CelonisError, size: number, failures: number): boolean {
		const isLost = ['truncatedResponse', 'connectionLost'].includes(details.code);
		const isGatewayTimeout = details.status === 504;
		const maxFailures =
			details.code === 'responseTooLarge'
				? 1
				: details.code === 'timeout'
					? this.isUncertain(size)
						? 1
						: MAX_TIMEOUTS
					: isLost || isGatewayTimeout
						? MAX_LOST_RESPONSES
						: Infinity;
		if (size <= 1 || failures < maxFailures) return false;
		this.#max = Math.min(this.#max, Math.max(1, Math.floor(size / REDUCTION)));
		return true;
	}
}
