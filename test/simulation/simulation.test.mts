import { describe, expect, it } from '@jest/globals';
import { runSeed } from './runSeed.mts';
import type { SourceName } from '../../nodes/Celonis/sources';
import { formatExcerpt, type TraceLine } from './trace.mts';

const FIXED_SEEDS = 45;
const ITEM_FAULT_SEEDS = 12;
const LOGIN_SEEDS = 20;

/** Seeds that once found a bug in the trigger. */
const TELLING_SEEDS = [297, 655, 660, 1473, 1767, 2785, 5758];

/** The command and the trace of each seed that has failed. */
async function findProblems(
	seeds: readonly number[],
	sourceName: SourceName = 'auditLog',
	itemFaults = false,
): Promise<string[]> {
	const problems: string[] = [];
	for (const seed of seeds) {
		const { hasPassed } = await runSeed(seed, { sourceName, itemFaults });
		if (hasPassed) continue;
		const lines: TraceLine[] = [];
		await runSeed(seed, { sourceName, itemFaults, write: (line) => lines.push(line) });
		const option = itemFaults ? ' --item-faults' : '';
		problems.push(
			`npm run simulate -- --source ${sourceName} --seed ${seed}${option}`,
			...formatExcerpt(lines),
		);
	}
	return problems;
}

const listSeeds = (count: number) => Array.from({ length: count }, (_, i) => 1 + i);

describe('every event is delivered once, despite all faults and disruptions', () => {
	it('in a fixed set of seeds', async () => {
		expect(await findProblems([...TELLING_SEEDS, ...listSeeds(FIXED_SEEDS)])).toEqual([]);
	});

	it('in seeds where making the items fails now and then', async () => {
		expect(await findProblems(listSeeds(ITEM_FAULT_SEEDS), 'auditLog', true)).toEqual([]);
	});

	it('in a fixed set of seeds of the Login History', async () => {
		expect(await findProblems(listSeeds(LOGIN_SEEDS), 'loginHistory')).toEqual([]);
	});
});

describe('a seed', () => {
	it('gives the same run each time', async () => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const traceRun = async () => {
				const lines: string[] = [];
				await runSeed(seed, {
					// The process numbers differ from run to run.
					write: ({ atMs, text }) => lines.push(`${atMs} ${text.replace(/process \S+/, '')}`),
				});
				return lines;
			};
			expect(await traceRun()).toEqual(await traceRun());
		}
	});
});
