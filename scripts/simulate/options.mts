import { parseArgs } from 'node:util';
import { wholeNumber } from '../numberOptions.mts';
import { bugs } from '../../test/simulation/bugs/index.mts';
import { SOURCES, type SourceName } from '../../test/simulation/trigger';

/** What to simulate. */
export interface Options {
	readonly from: number;
	readonly count: number;
	/** Only this seed, told in full. */
	readonly seed: number | undefined;
	/** Name of a wrong trigger to run instead of the right one. */
	readonly bug: string | undefined;
	/** The log that is polled. */
	readonly sourceName: SourceName;
}

const sources = Object.keys(SOURCES) as SourceName[];

export const help = `Simulates the delivery of events, one run for each seed.

  npm run simulate -- [--seeds N] [--from SEED] [--source LOG] [--bug NAME]
  npm run simulate -- --seed SEED [--source LOG] [--bug NAME]     one run, told in full

--source is ${sources.join(' or ')}; the audit log unless it is given.

--bug runs a trigger that is wrong on purpose:
  ${Object.keys(bugs).join(', ')}
`;

/** Reads the command line; a text says what is wrong with it. */
export function readOptions(args: string[]): Options | 'help' | { problem: string } {
	try {
		const { values } = parseArgs({
			args,
			options: {
				seeds: { type: 'string', default: '200' },
				from: { type: 'string', default: '1' },
				seed: { type: 'string' },
				source: { type: 'string', default: 'auditLog' },
				bug: { type: 'string' },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) return 'help';
		if (values.bug !== undefined && !Object.hasOwn(bugs, values.bug)) {
			return { problem: `No bug is called '${values.bug}'.` };
		}
		const sourceName = sources.find((name) => name === values.source);
		if (!sourceName) return { problem: `No log is called '${values.source}'.` };
		return {
			sourceName,
			from: wholeNumber('from', values.from, 0),
			count: wholeNumber('seeds', values.seeds, 1),
			seed: values.seed === undefined ? undefined : wholeNumber('seed', values.seed, 0),
			bug: values.bug,
		};
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
