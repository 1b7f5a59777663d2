import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { Property } from './properties/check.mts';
import { createProperties } from './properties/index.mts';

const RUNS = 120;
/** Each takes many times as long. */
const COST_RUNS = 40;
const MAX_SIZE = 40_000;

describe('any input', () => {
	it.each(Object.entries<Property>(createProperties(MAX_SIZE)))('%s', async (name, property) => {
		const numRuns = name.startsWith('cost') ? COST_RUNS : RUNS;
		await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns });
	});
});
