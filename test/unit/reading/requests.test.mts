import { describe, expect, it } from '@jest/globals';
import type { Spread } from '../../bench/requests/logs.mts';
import { measureCost } from '../../bench/requests/measure.mts';
import type { Order, Paging } from '../../bench/requests/server.mts';

/** The maximum of the requests and of the time, in percent of full pages and of busy workers. */
type Limits = readonly [requests: number, time: number];

/**
 * 200 pages and 8 workers: the fewer pages there are for each worker, the more a slice costs.
 *
 * A window that the API counts is one slice, whose pages are requested in parallel. Else it is cut by
 * time. The last page of each slice is half empty on average, and the first page of the window, which
 * only shows the density, is read again: m slices take 1 + m/2 additional requests. With 8 slices, the
 * fewest for 8 workers, that is 102.5 %, but they end together only if the density is known. A worker
 * whose slice is split reads its pages in vain, because nobody promises an order, and in no order not
 * even the density shows.
 */
const LIMITS: ReadonlyArray<readonly [Paging, Order, Partial<Record<Spread, Limits>>]> = [
	[
		'v2',
		'newestFirst',
		{
			even: [105, 115],
			'dense day, in the middle': [112, 145],
			'dense day, the last': [117, 150],
			bursts: [105, 140],
			'working hours': [125, 250],
			'nightly jobs': [118, 150],
		},
	],
	['v2', 'oldestFirst', { even: [106, 135], 'dense day, the first': [115, 150] }],
	['v2', 'none', { even: [103, 115], 'dense day, in the middle': [135, 210] }],
	[
		'v1, counts records',
		'newestFirst',
		{ 'dense day, in the middle': [102, 113], 'working hours': [102, 113] },
	],
	['v1, counts pages', 'newestFirst', { even: [109, 135] }],
];

describe.each(LIMITS)('200 pages of %s (%s) at concurrency 8', (paging, order, spreads) => {
	it.each(Object.entries(spreads) as Array<[Spread, Limits]>)(
		'take few requests and little time: %s',
		async (spread, [maxRequests, maxTime]) => {
			const log = { spread, events: 10_000, pageSize: 50 };
			const cost = await measureCost({ ...log, order, paging, concurrency: 8 });
			expect(100 * cost.requestShare).toBeLessThanOrEqual(maxRequests);
			expect(100 * cost.timeShare).toBeLessThanOrEqual(maxTime);
		},
	);
});
