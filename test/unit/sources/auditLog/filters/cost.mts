/**
 * Measures what filters cost beside parsing, and prints the shares as JSON. A process of its own:
 * inside of Jest every look at a global is slow, which n8n does not know.
 */
import { performance } from 'node:perf_hooks';
import { recordGenerator } from '../../../../celonis/records.mts';
import { compileFilters, parseRecord, getFilters, type LogRecord } from './parts';

const RECORDS = 100_000;
const PAGE = 500;
const ROUNDS = 7;

/** Each lets nearly all through, so that it has to look at nearly all. */
const filters: Readonly<Record<string, object>> = {
	actors: { actors: '!svc-*@example.com, !*@other.example' },
	categories: { categories: ['Studio', 'Data Integration', 'Admin and Settings', 'Other'] },
	'event patterns': { eventPatterns: '*_CREATED, *_UPDATED, *_DELETED, *' },
	'event types': { eventTypes: ['PERMISSIONS_UPDATE', 'DATA_POOL_CREATED'] },
	'exclude system': { excludeSystem: true },
	'IP addresses': { ipAddresses: '!10.0.0.0/8, !172.16.0.0/12, !fd00::/8' },
	presets: { preset: ['permissions', 'signOnAndKeys'] },
	roles: { roles: 'ADMIN, MEMBER, ANALYST' },
	text: { text: 'nowhere to be found' },
	'all but text': {
		actors: '!svc-*@example.com',
		eventPatterns: '*',
		excludeSystem: true,
		ipAddresses: '!10.0.0.0/8, !fd00::/8',
		roles: '!NOBODY',
	},
};

const makeRecord = recordGenerator();
const pages: string[] = [];
for (let start = 0; start < RECORDS; start += PAGE) {
	const page = Array.from({ length: PAGE }, (_, i) => makeRecord(1_750_000_000_000 + start + i));
	pages.push(JSON.stringify({ content: page }));
}
const parse = () => pages.map((page) => (JSON.parse(page) as { content: unknown[] }).content);
const records = parse()
	.flat()
	.map((raw) => parseRecord(raw) as LogRecord);

// Side by side and in turn: what the machine does besides, it does to all of them.
const rounds = Array.from({ length: ROUNDS }, () => {
	const parsingMs = millisecondsOf(parse);
	return Object.values(filters).map((given) => {
		const filter = compileFilters(getFilters({} as never, given));
		return millisecondsOf(() => records.filter(filter)) / parsingMs;
	});
});
const shares = Object.keys(filters).map((name, index) => [
	name,
	median(rounds.map((round) => round[index]!)),
]);
process.stdout.write(JSON.stringify({ records: RECORDS, shares: Object.fromEntries(shares) }));

function millisecondsOf(work: () => unknown): number {
	const startedMs = performance.now();
	work();
	return performance.now() - startedMs;
}

function median(values: number[]): number {
	return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
