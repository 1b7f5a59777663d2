import { beforeAll, describe, expect, test } from '@jest/globals';
import { crashRun, type Outcome } from '../crash/crashRun.mts';
import { configurations } from '../crash/configurations.mts';

const minute = 60_000;
const crashes = 3;

describe('the trigger in a real n8n that is killed while it delivers', () => {
	const seed = Date.now() % 1_000_000;
	let outcomes: Outcome[] = [];

	beforeAll(async () => {
		outcomes = await Promise.all(
			configurations.map(async (setUp) => await crashRun(setUp, { seed, crashes })),
		);
	}, 20 * minute);

	test.each(configurations.map((setUp) => [setUp.name, setUp] as const))('%s', (_name, setUp) => {
		const outcome = outcomes.find((each) => each.setUp === setUp);

		expect(outcome?.events).toBeGreaterThan(20);
		expect({ seed, wrong: outcome?.wrong }).toEqual({ seed, wrong: [] });
		if (setUp.keepsAll) expect({ seed, lost: outcome?.lost }).toEqual({ seed, lost: 0 });
	});
});
