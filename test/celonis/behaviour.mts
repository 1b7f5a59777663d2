import type { ContentType } from './contentTypes.mts';
import type { Bound, Order } from './log.mts';
import type { TeamSchema } from './schema.mts';
import type { TimestampForm } from './timestampForms.mts';

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
 * How a list responds when there is nothing to show: with status 204, with a page whose list is empty,
 * with a page whose list is null, or with a count of 0 and no list.
 */
export type EmptyForm = '204' | 'page' | 'nullContent' | 'onlyCount';

export interface PageTokenLife {
	requests: number;
	ms: number;
}

/**
 * What `totalCount` is: the number of records or of pages, records as a text, or any other function of
 * the records and the page size; `undefined` leaves it out.
 */
export type TotalCount =
	| 'records'
	| 'pages'
	| 'text'
	| ((records: number, pageSize: number) => unknown);

/**
 * With milliseconds and zone (`iso`), with a zone only (`isoSeconds`), with neither (`seconds`), with
 * milliseconds and an offset, or as epoch milliseconds.
 */
export type DateForm = 'iso' | 'isoSeconds' | 'seconds' | 'offset' | 'epochMs';

/** The lists whose behaviour may differ. */
export type ListName = 'v2' | 'v1' | 'logins' | 'members';

/** What one list may do in another way than the others. */
export type ListBehaviour = Pick<
	Behaviour,
	| 'order'
	| 'fromBound'
	| 'toBound'
	| 'dateForm'
	| 'utcOffsetMinutes'
	| 'listName'
	| 'timestampForm'
	| 'recordId'
	| 'omitsNulls'
	| 'cappedPageSize'
	| 'ignoresPageSize'
	| 'sendsPageSize'
	| 'totalCount'
	| 'unknownParameters'
	| 'reversedWindow'
>;

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
	/** Pages have at most this many records, whatever is requested. */
	cappedPageSize: number;
	/** The first page has all records of the window, whatever page size is requested. */
	ignoresPageSize: boolean;
	/** Whether a response with a page number has the page size; published, but seen nowhere. */
	sendsPageSize: boolean;
	/** How the last page of version 2 is marked. */
	lastToken: 'absent' | 'empty' | 'null';
	/** Whether the page tokens of version 2 are texts or numbers, of which the first is 0. */
	tokenForm: 'text' | 'number';
	/**
	 * How long a page token of version 2 can be used: for a number of requests of version 2 after the one
	 * that issued it, for a time, or for ever. Whether real ones expire is unknown.
	 */
	pageTokenLife: PageTokenLife;
	/** What version 2 returns for a page token that has expired. Unknown. */
	expiredTokenStatus: 400 | 404 | 410;
	/** What `totalCount` of a list with page numbers is: Celonis' texts and schemas contradict each other. */
	totalCount: TotalCount;
	/** The only forms of dates that are accepted; `iso`, `isoSeconds` and `seconds` by default. */
	dateForm?: DateForm | readonly DateForm[];
	/** How far the zone of dates without one is ahead of UTC. Unknown. */
	utcOffsetMinutes: number;
	/** What a parameter gets that no endpoint has. Unknown; most services of this kind ignore it. */
	unknownParameters: 'ignored' | 'refused';
	/** What a window gets whose start is after its end. Unknown. */
	reversedWindow: 'refused' | 'empty';
	/** Whether a page token holds without 'from' and 'to', or with others. Unknown. */
	tokenWithoutWindow: 'refused' | 'samePage';
	tokenOtherWindow: 'refused' | 'samePage';
	/** What a page token gets with another 'limit' than that of the request that issued it. Unknown. */
	tokenOtherLimit: 'applied' | 'samePage' | 'refused';
	/** How often a page token can be used. Unknown. */
	tokenUses: number;
	/** The name of the list on a page; inferred for version 2. */
	listName: string;
	/** The form of all timestamps; as the records have them by default. */
	timestampForm?: TimestampForm;
	/** Records have an `id`, which no documentation mentions. */
	recordId?: 'unique' | 'shared';
	/** Fields of a record that are null are omitted. */
	omitsNulls: boolean;
	/** What pages and tokens say that they are, in turn. */
	contentTypes: readonly ContentType[];
	/** The team's own schema; by default, its path is not found. */
	schema?: TeamSchema;
	/** What is wrong with the `Date` header of all responses. */
	dateHeader: 'valid' | 'missing' | 'invalid' | 'doubled';
	/** The list of members requires `includeInternal`, which is documented as required. */
	requiresIncludeInternal: boolean;
	/** What single lists do in another way. */
	perList?: Partial<Record<ListName, Partial<ListBehaviour>>>;
	/** Version 2 puts empty pages, which still carry a token, before the first and some later pages. */
	emptyPageWithToken: boolean;
	/** How version 1 responds when there is nothing to show. */
	v1Empty: EmptyForm;
	/** How version 2 responds when there is nothing to show: undocumented. */
	v2Empty: EmptyForm;
	/** How the Login History and the list of members respond when there is nothing to show: undocumented. */
	loginsEmpty: EmptyForm;
	membersEmpty: EmptyForm;
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
	cappedPageSize: Infinity,
	ignoresPageSize: false,
	sendsPageSize: true,
	lastToken: 'absent',
	tokenForm: 'text',
	pageTokenLife: { requests: Infinity, ms: Infinity },
	expiredTokenStatus: 400,
	totalCount: 'records',
	utcOffsetMinutes: 0,
	unknownParameters: 'ignored',
	reversedWindow: 'refused',
	tokenWithoutWindow: 'refused',
	tokenOtherWindow: 'refused',
	tokenOtherLimit: 'applied',
	tokenUses: Infinity,
	listName: 'content',
	omitsNulls: false,
	contentTypes: ['json'],
	dateHeader: 'valid',
	requiresIncludeInternal: false,
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

/** The behaviour of one list. */
export function getListBehaviour(behaviour: Behaviour, list: ListName): Behaviour {
	const own = behaviour.perList?.[list];
	return own ? { ...behaviour, ...own } : behaviour;
}
