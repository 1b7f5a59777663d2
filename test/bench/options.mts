import { parseArgs } from 'node:util';
import { parseWholeNumber } from '../../scripts/numberOptions.mts';

export const help = `Usage: npm run bench -- [options]

Measures the nodes against n8n's HTTP Request node and against bare loops, on a simulated Celonis.

  --events LIST     sizes of the windows to read (default: 1000,10000,100000)
  --repeats NUMBER  number of runs; the median is reported (default: 3; 1 from 1000000 events on)
  --quick           1000 and 10000 events once, in less than two minutes
  --round-trips LIST
                    milliseconds there and back to a team behind TLS (default: 20,50,100; none with
                    --quick)
  --only PATTERN    only candidates whose id matches this regular expression, such as celonis-v2, and
                    the trigger if 'trigger' matches, the profile if 'profile' does; those over TLS
                    have ids such as tls-celonis-v2-8
  --output FOLDER   folder of performance.md and performance.svg (default: docs, or .cache/bench with
                    --quick or --only)
  --profiles FOLDER folder of CPU profiles, one for each run
  --help            show this text
`;

/** What to measure. */
export interface Options {
	readonly events: readonly number[];
	readonly repeats: number;
	/** Measures only the default latency. */
	readonly quick: boolean;
	readonly only: RegExp;
	/** Round trips to a team behind TLS, in milliseconds. */
	readonly roundTripsMs: readonly number[];
	readonly output: string;
	readonly profiles?: string;
}

/** Parses the command line; undefined means: show the help. */
export function parseOptions(args: string[]): Options | undefined {
	const { values } = parseArgs({
		args,
		options: {
			events: { type: 'string' },
			repeats: { type: 'string' },
			quick: { type: 'boolean', default: false },
			only: { type: 'string' },
			'round-trips': { type: 'string' },
			output: { type: 'string' },
			profiles: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { quick, only } = values;
	const roundTrips = values['round-trips'] ?? (quick ? '' : '20,50,100');
	const events = (values.events ?? (quick ? '1000,10000' : '1000,10000,100000')).split(',');
	return {
		events: events.map((text) => parseWholeNumber('events', text, 1)).sort((a, b) => a - b),
		repeats: parseWholeNumber('repeats', values.repeats ?? (quick ? '1' : '3'), 1),
		quick,
		only: new RegExp(only ?? ''),
		roundTripsMs: roundTrips
			.split(',')
			.filter(Boolean)
			.map((text) => parseWholeNumber('round-trips', text, 0)),
		output: values.output ?? (quick || only !== undefined ? '.cache/bench' : 'docs'),
		profiles: values.profiles,
	};
}
