import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { drawPlan } from '../plan/drawPlan.mts';
import { runPlan } from '../run.mts';
import { formatLine, type TraceLine } from '../trace.mts';
import { worldOverHttp } from './world.mts';

const SEEDS = Array.from({ length: 8 }, (_, i) => i + 1);

afterEach(() => {
	jest.restoreAllMocks();
});

describe('in n8n itself and over real HTTP', () => {
	it.each(SEEDS)('seed %i loses nothing and repeats nothing', async (seed) => {
		const plan = drawPlan(seed, 'http');
		const lines: TraceLine[] = [];
		const result = await runPlan(plan, await worldOverHttp(plan), (line) => lines.push(line));
		expect(result.isKept ? [] : lines.map(formatLine)).toEqual([]);
		expect(result.verdict.delivered).toBeGreaterThan(0);
	});
});
