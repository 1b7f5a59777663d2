import type { Traffic } from './celonis/exchange.mts';
import type { Outcome } from './n8n/poller.mts';
import type { VirtualTime } from './time.mts';
import { isCelonisError } from '../../nodes/Celonis/errors/celonisError';

/** A line of the account of a run. */
export interface TraceLine {
	/** The server's time, epoch milliseconds. */
	readonly atMs: number;
	readonly text: string;
	readonly kind: 'happening' | 'request' | 'finding';
}

/** A readable account of a run; costs nothing where nobody listens. */
export class Trace {
	constructor(
		private readonly time: VirtualTime,
		private readonly traffic: Traffic,
		private readonly write: ((line: TraceLine) => void) | undefined,
	) {}

	/** Something happened. */
	say(text: string): void {
		this.write?.({ atMs: this.time.server.now(), text, kind: 'happening' });
	}

	/** The oracle found that something went wrong at this moment. */
	find(text: string, atMs: number): void {
		this.write?.({ atMs, text, kind: 'finding' });
	}

	/** A poll is over; the requests noted since the last one were its. */
	poll(outcome: Outcome, circumstances: string): void {
		const requests = this.traffic.lines?.splice(0) ?? [];
		if (!this.write) return;
		const atMs = this.time.server.now();
		for (const text of requests) this.write({ atMs, text, kind: 'request' });
		this.say(`poll (${circumstances}): ${describe(outcome)}`);
	}
}

/** A line as it is printed. */
export function formatLine({ atMs, text, kind }: TraceLine): string {
	const time = new Date(atMs).toISOString();
	return kind === 'request' ? `${' '.repeat(time.length)}   ${text}` : `${time} ${text}`;
}

/** The findings, and of the rest what is around the first of them. */
export function excerptOf(lines: readonly TraceLine[], most = 40): string[] {
	const findings = lines.filter(({ kind }) => kind === 'finding');
	const rest = lines.filter(({ kind }) => kind !== 'finding');
	const [first] = findings;
	const middle = first ? rest.findIndex(({ atMs }) => atMs >= first.atMs) : 0;
	const from = Math.max(1, middle - most / 2);
	const shown = [...rest.slice(0, 1), ...rest.slice(from, from + most), ...findings.slice(0, 10)];
	return shown.map((line) => formatLine(line).slice(0, 240));
}

function describe(outcome: Outcome): string {
	if (outcome.kind === 'batch') return `${outcome.batch.length} events`;
	if (outcome.kind !== 'failed') return outcome.kind;
	const { error } = outcome;
	if (isCelonisError(error)) return `failed ${JSON.stringify(error.details)}`;
	return `failed ${error instanceof Error ? error.message : String(error)}`;
}
