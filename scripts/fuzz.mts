/** Fuzzes the parsers with generated input: `npm run fuzz -- --inputs 100000`. */
import fc from 'fast-check';
import { parseNumberOptions } from './numberOptions.mts';
import { createProperties } from '../test/fuzz/properties/index.mts';

/** The longest inputs, in characters. */
const MAX_SIZE = 1_000_000;

const { inputs: inputCount, seed } = parseNumberOptions({
	inputs: 100_000,
	seed: Math.floor(Math.random() * 1e9),
});
const properties = createProperties(MAX_SIZE);
const names = Object.keys(properties);
const numRuns = Math.ceil(inputCount / names.length);
process.stdout.write(`--inputs ${inputCount} --seed ${seed}\n`);

let inputs = 0;
let failed = 0;
for (const name of names) {
	const property = properties[name] as fc.IAsyncProperty<unknown>;
	const details = await fc.check(property, { numRuns, seed });
	inputs += details.numRuns;
	process.stdout.write(`${details.failed ? 'FAILED' : 'ok'}  ${name}\n`);
	if (!details.failed) continue;
	failed++;
	process.stdout.write(`${await fc.asyncDefaultReportMessage(details)}\n`);
}
process.stdout.write(`properties=${names.length} inputs=${inputs} failed=${failed}\n`);
if (failed > 0) process.exitCode = 1;
