import { parseArgs } from 'node:util';
import { parseWholeNumber } from '../numberOptions.mts';
import { bugs } from '../../test/simulation/bugs/index.mts';
import { SOURCES, type SourceName } from '../../nodes/Celonis/sources';

/** What to simulate. */
export interface Options {
	readonly from: number;
	readonly count: number;
	/** Run only this seed and print its trace. */
	readonly seed: number | undefined;
	/** Whether making the items fails now and then, in addition to the faults of the seed. */
	readonly itemFaults: boolean;
	/** Name of a deliberate bug to run. */
	readonly bug: string | undefined;
	/** The log that is polled. */
	readonly sourceName: SourceName;
	/** The file of a report whose team the server behaves like. */
	readonly reportFile: string | undefined;
}

const sources = Object.keys(SOURCES) as SourceName[];

export const help = `Simulates the delivery of events, one run for each seed.

  npm run simulate -- [--seeds N] [--from SEED] [--source LOG] [--item-faults] [--like FILE] [--bug NAME]
  npm run simulate -- --seed SEED …     one run with its trace

--source is ${sources.join(' or ')}; the audit log by default.

--item-faults makes the creation of items fail now and then, in addition to the faults of the seed.

--like lets the server behave like the team of a report of npm run probe.

--bug runs a trigger with a deliberate bug:
  ${Object.keys(bugs).join(', ')}
`;

/** Parses the command line; `problem` says what is wrong with it. */
export function parseOptions(args: string[]): Options | 'help' | { problem: string } {
	try {
		const { values } = parseArgs({
			args,
			options: {
				seeds: { type: 'string', default: '200' },
				from: { type: 'string', default: '1' },
				seed: { type: 'string' },
				source: { type: 'string', default: 'auditLog' },
				bug: { type: 'string' },
				like: { type: 'string' },
				'item-faults': { type: 'boolean', default: false },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) return 'help';
		if (values.bug !== undefined && !Object.hasOwn(bugs, values.bug)) {
			return { problem: `Unknown bug '${values.bug}'.` };
		}
		const sourceName = sources.find((name) => name === values.source);
		if (!sourceName) return { problem: `Unknown log '${values.source}'.` };
		return {
			sourceName,
			itemFaults: values['item-faults'],
			from: parseWholeNumber('from', values.from, 0),
			count: parseWholeNumber('seeds', values.seeds, 1),
			seed: values.seed === undefined ? undefined : parseWholeNumber('seed', values.seed, 0),
			bug: values.bug,
			reportFile: values.like,
		};
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
