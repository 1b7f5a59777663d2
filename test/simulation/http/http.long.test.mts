import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { drawPlan } from '../plan/drawPlan.mts';
import { runPlan } from '../run.mts';
import type { SourceName } from '../../../nodes/Celonis/sources';
import { formatLine, type TraceLine } from '../trace.mts';
import { createHttpEnvironment } from './environment.mts';

const SEEDS = 40;
const LOGIN_SEEDS = 20;

const listRuns = (source: SourceName, seeds: number) =>
	Array.from({ length: seeds }, (_, i): [number, SourceName] => [i + 1, source]);

const RUNS = [...listRuns('auditLog', SEEDS), ...listRuns('loginHistory', LOGIN_SEEDS)];

afterEach(() => {
	jest.restoreAllMocks();
});

describe('in n8n itself and over real HTTP', () => {
	it.each(RUNS)('seed %i of the %s loses nothing and repeats nothing', async (seed, source) => {
		const plan = drawPlan(seed, 'http', source);
		const lines: TraceLine[] = [];
		const result = await runPlan(plan, await createHttpEnvironment(plan), (line) =>
			lines.push(line),
		);
		expect(result.hasPassed ? [] : lines.map(formatLine)).toEqual([]);
		expect(result.verdict.delivered).toBeGreaterThan(0);
	});
});
