/**
 * Kills a real n8n repeatedly while the trigger delivers: `npm run test:crash`. Exits with code 1 if
 * an event was lost that must not be lost.
 */
import { parseNumberOptions } from '../../scripts/numberOptions.mts';
import { prepare } from '../e2e/support/prepared.mts';
import { runCrashes, type Outcome } from './crashRun.mts';
import { configurations } from './configurations.mts';
import { printLine } from '../../scripts/printLine.mts';

const { crashes, seed } = parseNumberOptions({
	crashes: 40,
	seed: Math.floor(Math.random() * 1e9),
});

await prepare();
printLine(`--crashes ${crashes} --seed ${seed}`);
const outcomes = await Promise.all(
	configurations.map(async (configuration) => {
		const onCrash = (number: number) => {
			if (number % 5 === 0) printLine(`${configuration.name}: ${number} of ${crashes} crashes`);
		};
		return await runCrashes(configuration, { seed, crashes, onCrash });
	}),
);
for (const outcome of outcomes) {
	printLine(formatOutcome(outcome));
	for (const each of outcome.wrong) printLine(`  ${each}`);
}
if (!outcomes.every(isAsPromised)) process.exitCode = 1;

function formatOutcome({ configuration, wrong, ...counts }: Outcome): string {
	const figures = Object.entries({ ...counts, wrong: wrong.length }).map(
		([name, count]) => `${name}=${count}`,
	);
	return `${configuration.name}: ${figures.join(' ')}`;
}

function isAsPromised({ configuration, lost, wrong }: Outcome): boolean {
	return wrong.length === 0 && (lost === 0 || !configuration.losesNothing);
}
