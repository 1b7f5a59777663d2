import { parseArgs } from 'node:util';
import { wholeNumber } from '../../scripts/numberOptions.mts';

export const help = `Usage: npm run bench -- [options]

Measures the nodes against n8n's HTTP Request node and against bare loops, on a simulated Celonis.

  --events LIST     sizes of the windows to read (default: 1000,10000,100000)
  --repeats NUMBER  runs of each, of which the median counts (default: 3; 1 from 1000000 events on)
  --quick           a look in less than two minutes: 1000 and 10000 events, once
  --only PATTERN    only contestants whose id fits this regular expression, as in celonis-v2, and the
                    trigger if 'trigger' does
  --output FOLDER   where performance.md and performance.svg go (default: docs, or .cache/bench where
                    --quick or --only is given)
  --profiles FOLDER a CPU profile of every run goes there
  --help            show this text
`;

/** What to measure. */
export interface Options {
	readonly events: readonly number[];
	readonly repeats: number;
	/** Leaves out the latencies that are not the usual one. */
	readonly quick: boolean;
	readonly only: RegExp;
	readonly output: string;
	readonly profiles?: string;
}

/** Reads the command line; undefined means: show the help. */
export function readOptions(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		options: {
			events: { type: 'string' },
			repeats: { type: 'string' },
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			output: { type: 'string' },
			profiles: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { quick, only } = values;
	const events = (values.events ?? (quick ? '1000,10000' : '1000,10000,100000')).split(',');
	return {
		events: events.map((text) => wholeNumber('events', text, 1)).sort((a, b) => a - b),
		repeats: wholeNumber('repeats', values.repeats ?? (quick ? '1' : '3'), 1),
		quick,
		only: new RegExp(only ?? ''),
		output: values.output ?? (quick || only !== undefined ? '.cache/bench' : 'docs'),
		profiles: values.profiles,
	};
}
