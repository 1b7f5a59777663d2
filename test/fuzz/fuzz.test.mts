import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { properties, type Property } from './properties.mts';

const RUNS = 300;

describe('whatever comes in', () => {
	it.each(Object.entries<Property>(properties))('%s', async (_name, property) => {
		const began = performance.now();
		await fc.assert(property as fc.IAsyncProperty<unknown>, { numRuns: RUNS });
		// Patterns that go wild take minutes.
		expect(performance.now() - began).toBeLessThan(25_000);
	});
});
