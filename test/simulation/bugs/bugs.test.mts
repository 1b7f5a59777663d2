import { describe, it } from '@jest/globals';
import { runSeed } from '../runSeed.mts';
import { bugs } from './index.mts';

const MAX_SEEDS = 200;

describe('the simulation detects every deliberate bug', () => {
	it.each(Object.keys(bugs))('%s', async (name) => {
		for (let seed = 1; seed <= MAX_SEEDS; seed++) {
			const { hasPassed } = await runSeed(seed, { bug: bugs[name], itemFaults: true });
			if (hasPassed) continue;
			process.stdout.write(`${name}: detected by seed ${seed}\n`);
			return;
		}
		throw new Error(`No seed up to ${MAX_SEEDS} detects ${name}.`);
	});
});
