import type { Bound, Order } from './log.mts';

export interface RateLimit {
	/** Requests allowed in one window. */
	limit: number;
	windowSeconds: number;
	/** Windows start at the full minute, hour …, not at a first request. */
	fromFullWindow?: boolean;
	/**
	 * How a response says when to retry. Published: seconds to wait in `x-ratelimit-reset`; a
	 * sibling API documents a date-time there. `Retry-After` is never mentioned, but may come.
	 */
	resetForm: 'seconds' | 'epoch' | 'date-time' | 'retry-after' | 'none';
}

/**
 * What is undocumented or differs between teams. Tests change it while the simulator runs; a client
 * must handle every setting.
 */
export interface Behaviour {
	/** Order of the records in a response: undocumented. */
	order: Order;
	/** Whether a record at exactly `from` is part of the response. Probably inclusive. */
	fromBound: Bound;
	/** Whether a record at exactly `to` is part of the response. Unknown. */
	toBound: Bound;
	maxPageSizeV1: number;
	maxPageSizeV2: number;
	maxPageSizeLogins: number;
	maxPageSizeMembers: number;
	/** How the last page of version 2 is marked. */
	lastToken: 'absent' | 'empty' | 'null';
	/** Version 2 puts empty pages, which still carry a token, before the first and some later pages. */
	emptyPageWithToken: boolean;
	/** How version 1 responds when there is nothing to show. */
	v1Empty: '204' | 'page';
	/** How version 2 responds when there is nothing to show: undocumented. */
	v2Empty: '204' | 'page';
	/** How the Login History and the list of members respond when there is nothing to show: undocumented. */
	loginsEmpty: '204' | 'page';
	membersEmpty: '204' | 'page';
	/** False: the version's path is not found. */
	v1Available: boolean;
	v2Available: boolean;
	/** Real waiting time before every response. */
	latencyMs: number;
	/** How far the clock advances with every page of a log: slow responses without waiting. */
	pageTimeMs: number;
	rateLimit?: RateLimit;
}

export const defaultBehaviour: Readonly<Behaviour> = {
	order: 'desc',
	fromBound: 'inclusive',
	toBound: 'inclusive',
	maxPageSizeV1: 200,
	maxPageSizeV2: 500,
	maxPageSizeLogins: 200,
	maxPageSizeMembers: 200,
	lastToken: 'absent',
	emptyPageWithToken: false,
	v1Empty: '204',
	v2Empty: 'page',
	loginsEmpty: 'page',
	membersEmpty: 'page',
	v1Available: true,
	v2Available: true,
	latencyMs: 0,
	pageTimeMs: 0,
};
