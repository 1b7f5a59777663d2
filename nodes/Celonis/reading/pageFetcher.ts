import {
	addFact,
	CelonisError,
	isCelonisError,
	isPollDeadlineExceeded,
} from '../errors/celonisError';
import { rethrow } from '../errors/rethrow';
import type { ApiName } from '../errors/apis';
import type { Connection } from '../http/connection';
import type { Query } from '../http/request';
import type { TimeWindow } from '../records/timeWindow';
import { buildWindowQuery, DateForms, type DateForm } from './dateForms';
import { fetchListing, type FetchedListing } from './fetchListing';
import { PageSizes } from './pageSizes';
import { countEndsOutside, PaginationGuard, type PaginationLimits } from './paginationGuard';

/** A page to fetch. */
export interface PageToFetch {
	readonly path: string;
	readonly window?: Partial<TimeWindow>;
	/** How many records it should have at most. */
	readonly pageSize: number;
	/** Whether a page before it says that it exists. */
	readonly isAnnounced: boolean;
	/** Whether it showed nothing before, so that this is believed at once if it is announced. */
	readonly wasEmpty?: boolean;
	/** Whether it may have another size than the pages before it. */
	readonly isResizable: boolean;
	/** Builds the query without the window. */
	readonly buildQuery: (pageSize: number) => Query;
}

export interface FetchedPage extends FetchedListing {
	/** How many records were requested. */
	readonly pageSize: number;
}

/** The part of the time until the deadline that a page may take, if its size is uncertain. */
const MAX_UNCERTAIN_SHARE = 0.5;

/**
 * Fetches the pages of one reading, and remembers for all its slices what the server has shown: how
 * large a page may be, and in which form it accepts dates.
 */
export class PageFetcher {
	readonly guard: PaginationGuard;
	readonly #sizes = new PageSizes();
	readonly #dates = new DateForms();

	constructor(
		private readonly connection: Connection,
		limits?: Partial<PaginationLimits>,
	) {
		this.guard = new PaginationGuard(connection.api, limits);
	}

	/** The API that errors are about. */
	get api(): ApiName {
		return this.connection.api;
	}

	/**
	 * Fetches a page. One that is too large or too slow is requested with fewer records; if it may have
	 * no other size, its window has to be read again (see `isPageShift`). Dates that are refused are sent
	 * once in another form.
	 */
	async fetch(page: PageToFetch): Promise<FetchedPage> {
		const attempt = new Attempt(page, this.#sizes, this.#dates);
		const options = {
			rephrase: (error: CelonisError) => attempt.rephraseAfter(error),
			...(this.#sizes.isUncertain(attempt.pageSize) && { maxTimeShare: MAX_UNCERTAIN_SHARE }),
		};
		const listing = await fetchListing(
			this.connection,
			page.path,
			() => attempt.buildQuery(),
			page.isAnnounced && !page.wasEmpty,
			options,
		).catch((error: unknown) => rethrow(this.#explain(error, attempt.pageSize)));
		attempt.confirm(listing.records);
		return { ...listing, pageSize: attempt.pageSize };
	}

	#explain(error: unknown, pageSize: number): unknown {
		if (!isCelonisError(error)) return error;
		const { api } = this.connection;
		const { code, limit = '' } = error.details;
		const oddity = isPollDeadlineExceeded(error) ? this.guard.describeOddity() : undefined;
		if (oddity !== undefined) {
			return new CelonisError('pollDeadlineExceeded', { api, limit: oddity });
		}
		if (code !== 'responseTooLarge' || pageSize > 1) return error;
		return new CelonisError(code, { api, limit: `${limit}, although one record was requested` });
	}
}

/** The attempts to fetch one page. */
class Attempt {
	#pageSize: number;
	#form: DateForm;
	/** Failed attempts with this page size. */
	#failures = 0;

	constructor(
		private readonly page: PageToFetch,
		private readonly sizes: PageSizes,
		private readonly dates: DateForms,
	) {
		this.#pageSize = page.isResizable ? sizes.choose(page.pageSize) : page.pageSize;
		this.#form = dates.form;
	}

	get pageSize(): number {
		return this.#pageSize;
	}

	buildQuery(): Query {
		const { window, buildQuery } = this.page;
		return { ...buildQuery(this.#pageSize), ...buildWindowQuery(window, this.#form) };
	}

	/** The query to send after a failure, if it is another one. */
	rephraseAfter(error: CelonisError): Query | undefined {
		this.#failures++;
		if (this.sizes.reduceAfter(error, this.#pageSize, this.#failures)) {
			if (!this.page.isResizable) throw addFact(error, { isSequenceBroken: true });
			this.#pageSize = this.sizes.choose(this.page.pageSize);
			this.#failures = 0;
			return this.buildQuery();
		}
		if (this.page.isAnnounced || !this.#hasDates()) return undefined;
		if (!this.dates.changeAfter(error, this.#form)) return undefined;
		this.#form = this.dates.form;
		return this.buildQuery();
	}

	/** Remembers what has succeeded. */
	confirm(records: readonly unknown[]): void {
		// A page with fewer records does not show that the server can manage more of them.
		this.sizes.confirm(Math.min(this.#pageSize, records.length));
		if (!this.#hasDates()) return;
		const { refusal } = this.dates;
		const isMisread = this.#form === 'seconds' && countEndsOutside(records, this.page.window) > 0;
		// The server has read a date without a zone in another one than UTC.
		if (isMisread && refusal) throw refusal;
		this.dates.accept(this.#form);
	}

	#hasDates(): boolean {
		const { fromMs, toMs } = this.page.window ?? {};
		return fromMs !== undefined || toMs !== undefined;
	}
}
