import { parseArgs } from 'node:util';
import { parseWholeNumber } from '../../scripts/numberOptions.mts';

export const help = `Usage: npm run test:queue -- [options]

Runs n8n in queue mode (a main process, workers, PostgreSQL, Redis) under a steady load of new events,
kills a worker with SIGKILL during an execution, and reconciles the events: once with each of n8n's poll
engines. Needs Debian's packages redis-server and postgresql.

  --seconds NUMBER     how long the log grows (default: 120)
  --rate NUMBER        minimum number of new events per second (default: 200)
  --workers NUMBER     how many workers (default: 2)
  --kills NUMBER       how many of them are killed and replaced (default: 1)
  --poll NUMBER        seconds between polls, 5 to 60 (default: 10)
  --max-events NUMBER  the trigger's Max Events per Poll (default: 10000)
  --engine NAME        'memory' or 'durable' instead of both
  --seed NUMBER        same seed, same events (default: random)
  --help               show this text
`;

export interface Options {
	readonly seconds: number;
	/** Events a second. */
	readonly rate: number;
	readonly workers: number;
	readonly killCount: number;
	/** Seconds from one poll to the next. */
	readonly poll: number;
	readonly maxEventsPerPoll: number;
	readonly engine?: string;
	readonly seed: number;
}

/** Parses the command line; undefined means: show the help. */
export function parseOptions(args: string[]): Options | undefined {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		args,
		options: {
			seconds: { ...text, default: '120' },
			rate: { ...text, default: '200' },
			workers: { ...text, default: '2' },
			kills: { ...text, default: '1' },
			poll: { ...text, default: '10' },
			'max-events': { ...text, default: '10000' },
			engine: text,
			seed: { ...text, default: String(Math.floor(Math.random() * 1e9)) },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { engine } = values;
	if (engine !== undefined && !['memory', 'durable'].includes(engine)) {
		throw new Error("'--engine' must be 'memory' or 'durable'.");
	}
	const poll = parseWholeNumber('poll', values.poll, 5);
	if (poll > 60) throw new Error("'--poll' must be 60 at the most.");
	return {
		seconds: parseWholeNumber('seconds', values.seconds, 1),
		rate: parseWholeNumber('rate', values.rate, 1),
		workers: parseWholeNumber('workers', values.workers, 1),
		killCount: parseWholeNumber('kills', values.kills, 0),
		poll,
		maxEventsPerPoll: parseWholeNumber('max-events', values['max-events'], 1),
		engine,
		seed: parseWholeNumber('seed', values.seed, 0),
	};
}
