import { parseArgs } from 'node:util';

/**
 * Whole numbers from the command line, as in `--seed 7`, with a value for each that is not given. Bad
 * input ends the program with code 2 and a line that says what is wrong.
 */
export function numberOptions<T extends Readonly<Record<string, number>>>(defaults: T): T {
	try {
		const names = Object.keys(defaults);
		const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
		const { values } = parseArgs({ options });
		const given = Object.entries(values).map(([name, text]) => {
			return [name, wholeNumber(name, String(text), name === 'seed' ? 0 : 1)] as const;
		});
		return { ...defaults, ...Object.fromEntries(given) };
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(2);
	}
}

/** The value of an option; an error says what it must be. */
export function wholeNumber(name: string, text: string, least: number): number {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (!(value >= least)) throw new Error(`'--${name}' must be a whole number from ${least} on.`);
	return value;
}
