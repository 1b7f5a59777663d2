import { beforeAll, describe, expect, test } from '@jest/globals';
import { runCrashes, type Outcome } from '../crash/crashRun.mts';
import { configurations } from '../crash/configurations.mts';
import { MINUTE_MS } from '../support/durations.mts';

const crashes = 3;

describe('the trigger in a real n8n that is killed while it delivers', () => {
	const seed = Date.now() % 1_000_000;
	let outcomes: Outcome[] = [];

	beforeAll(async () => {
		outcomes = await Promise.all(
			configurations.map(
				async (configuration) => await runCrashes(configuration, { seed, crashes }),
			),
		);
	}, 20 * MINUTE_MS);

	test.each(configurations.map((configuration) => [configuration.name, configuration] as const))(
		'%s',
		(_name, configuration) => {
			const outcome = outcomes.find((each) => each.configuration === configuration);

			expect(outcome?.events).toBeGreaterThan(20);
			expect({ seed, wrong: outcome?.wrong }).toEqual({ seed, wrong: [] });
			if (configuration.losesNothing)
				expect({ seed, lost: outcome?.lost }).toEqual({ seed, lost: 0 });
		},
	);
});
