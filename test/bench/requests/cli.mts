/**
 * How many requests a reading of a month takes, and how long, for logs and servers of all kinds, exactly
 * and in virtual time: `npm run bench:requests`. Options: `--events` (100 000 by default), `--only` with
 * a pattern, and `--adaptive`, with the concurrency that adapts.
 */
import { parseArgs } from 'node:util';
import { SPREADS } from './logs.mts';
import { measureCost } from './measure.mts';
import type { Order, Paging } from './server.mts';

const { values } = parseArgs({
	options: {
		events: { type: 'string', default: '100000' },
		only: { type: 'string', default: '' },
		adaptive: { type: 'boolean', default: false },
	},
});

const SERVERS: ReadonlyArray<readonly [Paging, Order]> = [
	['v2', 'newestFirst'],
	['v2', 'oldestFirst'],
	['v2', 'none'],
	['v1, counts records', 'newestFirst'],
	['v1, counts records', 'none'],
	['v1, counts pages', 'newestFirst'],
	['v1, counts nothing', 'newestFirst'],
];
const CONCURRENCIES = [1, 4, 8];
const NAME_WIDTH = 64;
const CELL_WIDTH = 16;

process.stdout.write(
	'Requests in % of those of full pages / time in % of that of workers that are all busy\n\n' +
		'concurrency'.padEnd(NAME_WIDTH) +
		CONCURRENCIES.map((concurrency) => String(concurrency).padStart(CELL_WIDTH)).join('') +
		'\n',
);
for (const [paging, order] of SERVERS) {
	for (const spread of SPREADS) {
		const name = `${paging}, ${order}: ${spread}`;
		if (!new RegExp(values.only).test(name)) continue;
		process.stdout.write(name.padEnd(NAME_WIDTH));
		for (const concurrency of CONCURRENCIES) {
			const { requestShare, timeShare } = await measureCost({
				spread,
				events: Number(values.events),
				order,
				paging,
				pageSize: paging === 'v2' ? 500 : 200,
				concurrency,
				isAdaptive: values.adaptive,
			});
			const cell = [requestShare, timeShare].map((share) => (100 * share).toFixed(1)).join(' / ');
			process.stdout.write(cell.padStart(CELL_WIDTH));
		}
		process.stdout.write('\n');
	}
}
