import { describeRecord } from '../../nodes/Celonis/reading/pageContent';
import { parseTimestamp } from '../../nodes/Celonis/records/timestamp';
import type { Answer, ProbeClient, Query } from './client.mts';
import type { Api } from './facts.mts';
import { getExactTime, writeWindow } from './forms.mts';
import { readPage, type Page } from './page.mts';
import type { DateForm } from './words.mts';

/** Where a list is, and how its pages are requested. */
export interface ListApi {
	readonly name: Api;
	readonly path: string;
	readonly sizeParameter: 'limit' | 'pageSize';
	/** The documented maximum page size. */
	readonly maxPageSize: number;
	/** Parameters of every request. */
	readonly always?: Query;
}

export interface ProbeWindow {
	readonly fromMs?: number;
	readonly toMs?: number;
}

/** A record, its time and its meaning. It never leaves the probe. */
export interface ReadRecord {
	readonly record: Readonly<Record<string, unknown>>;
	/** Epoch milliseconds. */
	readonly ms: number | undefined;
	/** The same, if it is exact to the millisecond. */
	readonly exactMs: number | undefined;
	readonly content: string;
}

/** All pages of a window, or the first ones. */
export interface Listing {
	readonly pages: readonly Page[];
	readonly records: readonly ReadRecord[];
	readonly isComplete: boolean;
	readonly lastAnswer: Answer;
	/** The server's time at the first page, epoch milliseconds. */
	readonly startedMs: number | undefined;
}

/** How far a listing goes. */
export interface ListLimits {
	readonly maxPages: number;
	/** Stop at the first page that has records. */
	readonly stopsAtRecords?: boolean;
}

/** Sends the requests for one list. */
export class LogReader {
	/** The form of dates that the server takes. */
	form: DateForm = 'yyyy-MM-ddTHH:mm:ss.SSSZ';
	/** Whether that form has no zone, and is read in another one than UTC: windows are shifted. */
	isZoneUnknown = false;

	constructor(
		readonly api: ListApi,
		private readonly client: ProbeClient,
		private readonly getAuthorization: () => string,
	) {}

	/** Requests a page of a window; without a size, of the server's own. */
	async request(window: ProbeWindow, size?: number, more: Query = {}): Promise<Answer> {
		return await this.requestQuery({
			...writeWindow(window, this.form),
			...this.size(size),
			...more,
		});
	}

	async requestQuery(query: Query): Promise<Answer> {
		const { path, always } = this.api;
		return await this.client.get(path, { ...always, ...query }, this.getAuthorization());
	}

	size(size: number | undefined): Query {
		return { [this.api.sizeParameter]: size };
	}

	/** Reads the pages of a window, up to a number of pages; without a size, of the server's own. */
	async list(
		window: ProbeWindow,
		size: number | undefined,
		{ maxPages, stopsAtRecords = false }: ListLimits,
	): Promise<Listing> {
		const pages: Page[] = [];
		let lastAnswer = await this.request(window, size);
		const startedMs = lastAnswer.serverMs;
		for (let page = readPage(lastAnswer); page; page = readPage(lastAnswer)) {
			pages.push(page);
			const next = this.#next(page, pages.length);
			if (!next) return { ...toListing(pages, lastAnswer), isComplete: true, startedMs };
			if (pages.length >= maxPages || (stopsAtRecords && page.records.length > 0)) break;
			lastAnswer = await this.request(window, size, next);
		}
		return { ...toListing(pages, lastAnswer), isComplete: false, startedMs };
	}

	/** What leads to the page after this one. */
	#next({ token, records }: Page, pageNumber: number): Query | undefined {
		if (this.api.name === 'v2') return token === undefined ? undefined : { pageToken: token };
		return records.length === 0 ? undefined : { pageNumber };
	}
}

export function toReadRecord(record: Readonly<Record<string, unknown>>): ReadRecord {
	const { timestamp } = record;
	return {
		record,
		ms: parseTimestamp(timestamp),
		exactMs: getExactTime(timestamp),
		content: describeRecord(record),
	};
}

function toListing(pages: readonly Page[], lastAnswer: Answer) {
	const records = pages.flatMap((page) => page.records.map(toReadRecord));
	return { pages, records, lastAnswer };
}
