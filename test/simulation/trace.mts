import type { Traffic } from './celonis/exchange.mts';
import type { Outcome } from './n8n/poller.mts';
import type { VirtualTime } from './time.mts';
import { isCelonisError } from '../../nodes/Celonis/errors/celonisError';

/** A line of the trace of a run. */
export interface TraceLine {
	/** The server's time, epoch milliseconds. */
	readonly atMs: number;
	readonly text: string;
	readonly kind: 'step' | 'request' | 'finding';
}

/** Receives a trace, line by line. */
export type TraceWriter = (line: TraceLine) => void;

/** A readable trace of a run. Without a writer, it costs nothing. */
export class Trace {
	constructor(
		private readonly time: VirtualTime,
		private readonly traffic: Traffic,
		private readonly write: TraceWriter | undefined,
	) {}

	/** Writes a step of the run, at the present time. */
	log(text: string): void {
		this.write?.({ atMs: this.time.server.now(), text, kind: 'step' });
	}

	/** Writes a finding of the checker. */
	reportFinding(text: string, atMs: number): void {
		this.write?.({ atMs, text, kind: 'finding' });
	}

	/** Writes the outcome of a poll, after its requests: all those since the poll before. */
	logPoll(outcome: Outcome, conditions: string): void {
		const requests = this.traffic.lines?.splice(0) ?? [];
		if (!this.write) return;
		const atMs = this.time.server.now();
		for (const text of requests) this.write({ atMs, text, kind: 'request' });
		this.log(`poll (${conditions}): ${formatOutcome(outcome)}`);
	}
}

/** Formats a line for printing. */
export function formatLine({ atMs, text, kind }: TraceLine): string {
	const time = new Date(atMs).toISOString();
	return kind === 'request' ? `${' '.repeat(time.length)}   ${text}` : `${time} ${text}`;
}

/** The findings, and the lines around the first of them. */
export function formatExcerpt(lines: readonly TraceLine[], maxLines = 40): string[] {
	const findings = lines.filter(({ kind }) => kind === 'finding');
	const rest = lines.filter(({ kind }) => kind !== 'finding');
	const [first] = findings;
	const center = first ? rest.findIndex(({ atMs }) => atMs >= first.atMs) : 0;
	const from = Math.max(1, center - maxLines / 2);
	const shown = [
		...rest.slice(0, 1),
		...rest.slice(from, from + maxLines),
		...findings.slice(0, 10),
	];
	return shown.map((line) => formatLine(line).slice(0, 240));
}

function formatOutcome(outcome: Outcome): string {
	if (outcome.kind === 'batch') return `${outcome.batch.length} events`;
	if (outcome.kind !== 'failed') return outcome.kind;
	const { error } = outcome;
	if (isCelonisError(error)) return `failed ${JSON.stringify(error.details)}`;
	return `failed ${error instanceof Error ? error.message : String(error)}`;
}
