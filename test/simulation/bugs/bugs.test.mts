import { describe, expect, it } from '@jest/globals';
import { runSeed } from '../runSeed.mts';
import { bugs } from './index.mts';

const MAX_SEEDS = 200;

describe('the simulation detects every deliberate bug', () => {
	it.each(Object.keys(bugs))('%s', async (name) => {
		for (let seed = 1; seed <= MAX_SEEDS; seed++) {
			const { isKept } = await runSeed(seed, { bug: bugs[name], itemFaults: true });
			if (isKept) continue;
			process.stdout.write(`${name}: caught by seed ${seed}\n`);
			return;
		}
		expect(`${name} is caught`).toBe(`within ${MAX_SEEDS} seeds`);
	});
});
