/**
 * Kills a real n8n again and again while the trigger delivers: `npm run test:crash`. Ends with exit
 * code 1 where an event was lost that must not be.
 */
import { numberOptions } from '../../scripts/numberOptions.mts';
import { prepare } from '../e2e/support/prepared.mts';
import { crashRun, type Outcome } from './crashRun.mts';
import { configurations } from './configurations.mts';

const { crashes, seed } = numberOptions({
	crashes: 40,
	seed: Math.floor(Math.random() * 1e9),
});

await prepare();
say(`--crashes ${crashes} --seed ${seed}`);
const outcomes = await Promise.all(
	configurations.map(async (setUp) => {
		const onCrash = (number: number) => {
			if (number % 5 === 0) say(`${setUp.name}: ${number} of ${crashes} crashes`);
		};
		return await crashRun(setUp, { seed, crashes, onCrash });
	}),
);
for (const outcome of outcomes) {
	say(lineOf(outcome));
	for (const each of outcome.wrong) say(`  ${each}`);
}
if (!outcomes.every(keepsPromise)) process.exitCode = 1;

function lineOf({ setUp, wrong, ...counts }: Outcome): string {
	const figures = Object.entries({ ...counts, wrong: wrong.length }).map(
		([name, count]) => `${name}=${count}`,
	);
	return `${setUp.name}: ${figures.join(' ')}`;
}

function keepsPromise({ setUp, lost, wrong }: Outcome): boolean {
	return wrong.length === 0 && (lost === 0 || !setUp.keepsAll);
}

function say(text: string): void {
	process.stdout.write(`${text}\n`);
}
