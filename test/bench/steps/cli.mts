/**
 * What each step of the work on events costs, as a share of JSON.parse of the same pages:
 * `npm run bench:steps`. Fails where the steps together cost more than four times the parsing, or a
 * filter costs more than the parsing.
 */
import { measureEventSteps } from './events.mts';
import { measureFilters } from './filters.mts';
import { createPages, measureCpuMs, parsePage } from './records.mts';

const ROUNDS = 9;
const MAX_EVENT_SHARE = 4;
const MAX_FILTER_SHARE = 1;

const pages = createPages();
const best = new Map<string, number>();
for (let round = 0; round < ROUNDS; round++) {
	const parsingMs = measureCpuMs(() => pages.map(parsePage));
	const costs = [
		['parsing', parsingMs] as const,
		...measureEventSteps(pages),
		...measureFilters(pages),
	];
	for (const [step, ms] of costs) best.set(step, Math.min(best.get(step) ?? Infinity, ms));
}

const parsingMs = best.get('parsing')!;
best.delete('parsing');
best.delete('JSON.parse');
let eventShare = 0;
for (const [step, ms] of best) {
	const share = ms / parsingMs;
	const isFilter = step.startsWith('filter: ');
	if (!isFilter) eventShare += share;
	else if (share > MAX_FILTER_SHARE) process.exitCode = 1;
	process.stdout.write(`${share.toFixed(2).padStart(6)}  ${step}\n`);
}
process.stdout.write(`${eventShare.toFixed(2).padStart(6)}  all steps of an event\n`);
if (eventShare > MAX_EVENT_SHARE) process.exitCode = 1;
