import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runSeed } from './runSeed.mts';
import type { SourceName } from '../../nodes/Celonis/sources';
import { excerptOf, type TraceLine } from './trace.mts';

const FIXED_SEEDS = 120;
const RANDOM_SEEDS = 40;
const LOGIN_SEEDS = 60;

/** Seeds that have failed once, for a reason that was found in the trigger. */
const TELLING_SEEDS = [655, 1473];

/** What is to be read where seeds have failed; empty where the promise was kept. */
async function problemsOf(
	seeds: readonly number[],
	sourceName: SourceName = 'auditLog',
): Promise<string[]> {
	const problems: string[] = [];
	for (const seed of seeds) {
		const { isKept } = await runSeed(seed, { sourceName });
		if (isKept) continue;
		const lines: TraceLine[] = [];
		await runSeed(seed, { sourceName, write: (line) => lines.push(line) });
		problems.push(`npm run simulate -- --source ${sourceName} --seed ${seed}`, ...excerptOf(lines));
	}
	return problems;
}

describe('every event is delivered, and none twice, over whatever happens', () => {
	it('in always the same seeds', async () => {
		const seeds = Array.from({ length: FIXED_SEEDS }, (_, i) => i + 1);
		expect(await problemsOf([...TELLING_SEEDS, ...seeds])).toEqual([]);
	});

	it('in seeds that nobody has tried before', async () => {
		const first = randomInt(1_000_000, 1_000_000_000);
		process.stdout.write(`Simulated seeds ${first} to ${first + RANDOM_SEEDS - 1}\n`);
		const seeds = Array.from({ length: RANDOM_SEEDS }, (_, i) => first + i);
		expect(await problemsOf(seeds)).toEqual([]);
	});
});

describe('every event of the Login History is delivered, and none twice', () => {
	it('in always the same seeds', async () => {
		const seeds = Array.from({ length: LOGIN_SEEDS }, (_, i) => i + 1);
		expect(await problemsOf(seeds, 'loginHistory')).toEqual([]);
	});
});

describe('a seed', () => {
	it('gives the same run each time', async () => {
		for (const seed of [1, 2, 3, 4, 5]) {
			const account = async () => {
				const lines: string[] = [];
				await runSeed(seed, {
					// Processes are numbered anew in each run.
					write: ({ atMs, text }) => lines.push(`${atMs} ${text.replace(/process \S+/, '')}`),
				});
				return lines;
			};
			expect(await account()).toEqual(await account());
		}
	});
});
