import { describe, expect, it } from '@jest/globals';
import { runSeed } from '../runSeed.mts';
import { bugs } from './index.mts';

const MOST_SEEDS = 200;

describe('the simulation tells a wrong trigger from the right one', () => {
	it.each(Object.keys(bugs))('%s', async (name) => {
		for (let seed = 1; seed <= MOST_SEEDS; seed++) {
			const { isKept } = await runSeed(seed, { bug: bugs[name] });
			if (isKept) continue;
			process.stdout.write(`${name}: caught by seed ${seed}\n`);
			return;
		}
		expect(`${name} is caught`).toBe(`within ${MOST_SEEDS} seeds`);
	});
});
