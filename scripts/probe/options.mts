import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { parseWholeNumber } from '../numberOptions.mts';

export interface Options {
	/** The folder for the report. */
	readonly folder: string;
	/** How long to watch for late events; 0: not at all. */
	readonly watchMinutes: number;
}

export const help = `Looks at a Celonis team, and reports how its APIs behave where the documentation does not say.

  CELONIS_TEAM_URL=https://my-team.eu-1.celonis.cloud CELONIS_APP_KEY=… npm run probe

The variables are those of npm start. The probe only reads. It sends at most 60 requests, two a second,
to the team only, and stops when the team's rate limit is reached. Ctrl-C ends it; what it has seen is
reported. The report, probe-report.json and probe-report.md, contains no value of a record, no host and
no credential.

  --out FOLDER      folder for the report (default: the current one)
  --watch MINUTES   then read the newest events once a minute, and report how late events appear
  --help            show this text
`;

const MAX_WATCH_MINUTES = 24 * 60;

/** Parses the command line; `problem` says what is wrong with it. */
export function parseOptions(args: string[]): Options | 'help' | { readonly problem: string } {
	try {
		const { values } = parseArgs({
			args,
			options: {
				out: { type: 'string', default: '.' },
				watch: { type: 'string', default: '0' },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) return 'help';
		const watchMinutes = parseWholeNumber('watch', values.watch, 0);
		if (watchMinutes > MAX_WATCH_MINUTES) {
			return { problem: `'--watch' must be at most ${MAX_WATCH_MINUTES} minutes.` };
		}
		return { folder: resolve(values.out), watchMinutes };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}
