import type { Behaviour, PageTokenLife, TotalCount } from '../../celonis/behaviour.mts';
import type { Random } from '../../celonis/random.mts';
import { TIMESTAMP_FORMS, type TimestampForm } from '../../celonis/timestampForms.mts';

/** What may differ between servers during a whole run: sizes, counts, dates and timestamps. */
export interface ServerTraits {
	/** What `totalCount` is, if not the number of records. */
	readonly totals?: TotalForm;
	readonly tokenExpiry?: TokenExpiry;
	/** The maximum number of records of a page, or that the page size is ignored. */
	readonly pageSize?: number | 'ignored';
	/** Responses do not have their page size. */
	readonly omitsPageSize?: boolean;
	/** Dates with milliseconds and zone are refused. */
	readonly hasShortDates?: boolean;
	/** The form of the time in all records. */
	readonly timestampForm?: TimestampForm;
	readonly largeAnswers?: LargeAnswers;
}

/** How long page tokens can be used, and the status after that. */
export interface TokenExpiry {
	readonly life: PageTokenLife;
	readonly status: Behaviour['expiredTokenStatus'];
}

/** What happens to answers with more records than the server or a gateway can manage in time. */
export interface LargeAnswers {
	readonly maxRecords: number;
	readonly outcome: 'hang' | 'gatewayTimeout';
}

/** What `totalCount` may be instead of the number of records. */
const TOTALS = {
	pages: 'pages',
	'records as text': 'text',
	nothing: () => undefined,
	'too few': (records) => Math.floor(records / 2),
	'too many': (records) => records + 3,
} as const satisfies Readonly<Record<string, TotalCount>>;

type TotalForm = keyof typeof TOTALS;

/** What the traits of a server depend on. */
export interface TraitRules {
	/** Records per page. */
	readonly pageSize: number;
	/** How many windows the trigger reads at the same time. */
	readonly concurrency: number;
	/** Whether pages may be empty: together with small ones they look like an endless log. */
	readonly hasEmptyPages: boolean;
	/** How the server responds when there is nothing to show. */
	readonly empty: Behaviour['v1Empty'];
	/** In which order the server sends records. */
	readonly order: Behaviour['order'];
	/** Whether responses take so long that no poll has the time to try a second page size. */
	readonly isSlow: boolean;
}

/**
 * Whether a list with these counts can be read. Without an empty list, a wrong count says that records
 * are missing after a full page, of which there are many here; a count alone has to be right. Without
 * a count of records, nothing shows that pages without an order have shifted.
 */
function isBearable(totals: TotalForm, { empty, order }: TraitRules): boolean {
	if (totals === 'pages') return order !== 'shuffled';
	if (totals === 'nothing') return empty !== 'onlyCount' && order !== 'shuffled';
	return empty === 'page' || totals === 'records as text';
}

/** Pages can be reduced to more than one record. */
const MIN_REDUCIBLE_PAGE_SIZE = 8;

/** Draws the traits of a server. The draws have a stream of their own, in this order. */
export function drawServerTraits(rules: TraitRules, random: Random): ServerTraits {
	const { pageSize, concurrency, hasEmptyPages, isSlow } = rules;
	const totals = random.pick(Object.keys(TOTALS) as TotalForm[]);
	const hasTotals = random.chance(0.1) && isBearable(totals, rules);
	const tokenExpiry = drawTokenExpiry(concurrency, random);
	const expires = random.chance(0.05);
	const cap = Math.max(2, Math.floor(pageSize / random.pick([2, 4])));
	const size = random.fraction();
	const ignoresSize = size >= 0.04 && size < 0.06;
	const hasShortDates = random.chance(0.05);
	const timestampForm = random.pick(Object.keys(TIMESTAMP_FORMS) as TimestampForm[]);
	const hasForm = random.chance(0.07);
	const largeAnswers = {
		// Fewer would take more attempts in each poll than some polls have time for.
		maxRecords: Math.max(4, Math.floor(pageSize / random.pick([2, 4]))),
		outcome: random.pick([isSlow ? 'gatewayTimeout' : 'hang', 'gatewayTimeout'] as const),
	};
	const isLimited =
		random.chance(0.07) && !hasEmptyPages && !ignoresSize && pageSize >= MIN_REDUCIBLE_PAGE_SIZE;
	const omitsPageSize = random.chance(0.05);
	return {
		...(hasTotals && { totals }),
		...(expires && { tokenExpiry }),
		...(size < 0.04 && { pageSize: cap }),
		...(ignoresSize && { pageSize: 'ignored' as const }),
		...(hasShortDates && { hasShortDates }),
		...(hasForm && { timestampForm }),
		// No request for smaller pages helps if the page size is ignored.
		...(isLimited && { largeAnswers }),
		...(omitsPageSize && { omitsPageSize }),
	};
}

/** On a network without faults, a token is used sooner, if there are no concurrent requests. */
const MIN_TOKEN_LIFE_MS = 100;

/** By the requests since a token was issued: the concurrent ones count too. */
function drawTokenExpiry(concurrency: number, random: Random): TokenExpiry {
	const life = random.pick<PageTokenLife>([
		{ requests: concurrency * random.integer(1, 3), ms: Infinity },
		{ requests: Infinity, ms: concurrency * MIN_TOKEN_LIFE_MS * random.integer(1, 20) },
	]);
	return { life, status: random.pick([400, 404, 410] as const) };
}

/** The traits as the behaviour of the simulator. */
export function toBehaviour(traits: ServerTraits): Partial<Behaviour> {
	const { totals, tokenExpiry, pageSize, hasShortDates, omitsPageSize } = traits;
	return {
		...(totals && { totalCount: TOTALS[totals] }),
		...(tokenExpiry && {
			pageTokenLife: tokenExpiry.life,
			expiredTokenStatus: tokenExpiry.status,
		}),
		...(typeof pageSize === 'number' && { cappedPageSize: pageSize }),
		...(pageSize === 'ignored' && { ignoresPageSize: true }),
		...(hasShortDates && { dateForm: 'seconds' as const }),
		...(omitsPageSize && { sendsPageSize: false }),
	};
}

/** The traits of a run, for the reader of a trace. */
export function describeServerTraits(traits: ServerTraits): string[] {
	const { totals, tokenExpiry, pageSize, omitsPageSize, hasShortDates, timestampForm } = traits;
	const { largeAnswers } = traits;
	return [
		totals && `totals: ${totals}`,
		tokenExpiry && `page tokens expire with ${tokenExpiry.status}`,
		typeof pageSize === 'number' && `pages of at most ${pageSize}`,
		pageSize === 'ignored' && 'page size ignored',
		omitsPageSize && 'page size not sent',
		hasShortDates && 'short dates',
		timestampForm && `timestamps: ${timestampForm}`,
		largeAnswers && `${largeAnswers.outcome} above ${largeAnswers.maxRecords} records`,
	].filter((text) => typeof text === 'string');
}
