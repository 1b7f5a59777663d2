import { describe, it } from '@jest/globals';
import { runSeed } from '../runSeed.mts';
import { bugs } from './index.mts';

const MAX_SEEDS = 200;

/** Seeds that detect many of the bugs come first: the search is shorter, and misses none. */
const SEEDS = [1, 3, 4, 5, 8, 18, 24, 29, 31, 44, 75];
for (let seed = 2; seed <= MAX_SEEDS; seed++) if (!SEEDS.includes(seed)) SEEDS.push(seed);

describe('the simulation detects every deliberate bug', () => {
	it.each(Object.keys(bugs))('%s', async (name) => {
		for (const seed of SEEDS) {
			const { hasPassed } = await runSeed(seed, { bug: bugs[name], itemFaults: true });
			if (hasPassed) continue;
			process.stdout.write(`${name}: detected by seed ${seed}\n`);
			return;
		}
		throw new Error(`No seed up to ${MAX_SEEDS} detects ${name}.`);
	});
});
