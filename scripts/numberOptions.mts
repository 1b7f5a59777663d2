import { parseArgs } from 'node:util';

/**
 * Whole numbers from the command line, such as `--seed 7`, with defaults. Bad input exits with code 2
 * and a line that says what is wrong.
 */
export function parseNumberOptions<T extends Readonly<Record<string, number>>>(defaults: T): T {
	try {
		const names = Object.keys(defaults);
		const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
		const { values } = parseArgs({ options });
		const parsed = Object.entries(values).map(([name, text]) => {
			return [name, parseWholeNumber(name, String(text), name === 'seed' ? 0 : 1)] as const;
		});
		return { ...defaults, ...Object.fromEntries(parsed) };
	} catch (error) {
		process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
		process.exit(2);
	}
}

/** Parses the value of an option; an error says what it must be. */
export function parseWholeNumber(name: string, text: string, least: number): number {
	const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
	if (!(value >= least)) throw new Error(`'--${name}' must be a whole number from ${least} on.`);
	return value;
}
