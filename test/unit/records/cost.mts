/**
 * Measures what the work on events costs beside parsing, and prints the shares as JSON. A process
 * of its own: inside of Jest every look at a global is slow, which n8n does not know.
 */
import { recordGenerator } from '../../celonis/records.mts';
import {
	auditLog,
	formatEvent,
	assignEventIds,
	compareEvents,
	parseRecord,
	type LogEvent,
	type LogRecord,
} from './costParts';

const { identityFields, formats } = auditLog;

const RECORDS = 100_000;
const PAGE = 500;
const PAGES_A_SLICE = 4;
const ROUNDS = 9;

const makeRecord = recordGenerator();
const pages: string[] = [];
for (let start = 0; start < RECORDS; start += PAGE) {
	const page = Array.from({ length: PAGE }, (_, i) => makeRecord(1_750_000_000_000 + start + i));
	pages.push(JSON.stringify({ content: page }));
}

const parse = (page: string) => (JSON.parse(page) as { content: unknown[] }).content;

/** As the nodes do it: pages and slices while they are read, the rest when all is there. */
function work(measure: <T>(step: string, act: () => T) => T): unknown {
	const events: LogEvent[] = [];
	for (let first = 0; first < pages.length; first += PAGES_A_SLICE) {
		const slice = pages.slice(first, first + PAGES_A_SLICE);
		const values = measure('JSON.parse', () => slice.flatMap(parse));
		const records = measure('parseRecord', () =>
			values.map((value) => parseRecord(value) as LogRecord),
		);
		events.push(...measure('identify', () => assignEventIds(records, identityFields)));
	}
	measure('sort', () => events.sort(compareEvents));
	return measure('enrich', () =>
		events.map((event) => formatEvent(event, { format: formats.event })),
	);
}

/** Processor time: what else the machine does counts as little as possible. */
function millisecondsOf(act: () => unknown): number {
	const before = process.cpuUsage();
	act();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const best = new Map<string, number>();
const keepBest = (step: string, ms: number) =>
	best.set(step, Math.min(best.get(step) ?? Infinity, ms));
for (let round = 0; round < ROUNDS; round++) {
	keepBest(
		'parsing',
		millisecondsOf(() => pages.flatMap(parse)),
	);
	keepBest(
		'all',
		millisecondsOf(() => work((_, act) => act())),
	);
	const steps = new Map<string, number>();
	work((step, act) => {
		let result!: ReturnType<typeof act>;
		const ms = millisecondsOf(() => void (result = act()));
		steps.set(step, (steps.get(step) ?? 0) + ms);
		return result;
	});
	for (const [step, ms] of steps) keepBest(step, ms);
}

const parsingMs = best.get('parsing')!;
const all = best.get('all')! / parsingMs - 1;
best.delete('parsing');
best.delete('all');
best.delete('JSON.parse');
const shares = Object.fromEntries([...best].map(([step, ms]) => [step, ms / parsingMs]));
process.stdout.write(JSON.stringify({ records: RECORDS, parsingMs, shares: { ...shares, all } }));
