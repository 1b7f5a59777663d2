import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import type { Property } from './properties/check.mts';
import { properties } from './properties/index.mts';

const RUNS = 300;

describe('any input', () => {
	it.each(Object.entries<Property>(properties))('%s', async (_name, property) => {
		await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns: RUNS });
	});
});
