import { createHmac } from 'node:crypto';
import type { Behaviour } from './behaviour.mts';
import type { Clock } from './clock.mts';
import type { LogEntry } from './log.mts';

/** One reading of a window from its first page to its last, over the records visible at its start. */
export interface PageSequence {
	readonly id: number;
	/** `from` and `to` as they were requested; every page must request the same. */
	readonly window: string;
	readonly records: readonly LogEntry[];
}

/** Where a page starts: the records before `offset` were shown on the `page` pages before it. */
export interface Position {
	sequence: PageSequence;
	offset: number;
	page: number;
	/** The `limit` of the request that issued the token; none for a first page. */
	limit?: number;
}

/** A page token as JSON has it. */
export type PageToken = string | number;

/** How many sequences can be continued; the least recently used one is dropped. Whether real ones end is unknown. */
const MAX_SEQUENCES = 100;

/** Version 2's page tokens: opaque and reusable, so that a page can be requested again. */
export class PageTokens {
	private sequences = new Map<number, PageSequence>();
	private started = 0;
	/** The positions that a number stands for, by that number. */
	private readonly numbered: Array<Omit<Position, 'sequence'> & { sequenceId: number }> = [];

	constructor(private readonly seed: number) {}

	start(window: string, records: readonly LogEntry[]): PageSequence {
		const sequence = { id: this.started++, window, records };
		this.markUsed(sequence);
		return sequence;
	}

	createToken({ sequence, offset, page, limit = 0 }: Position, form: 'text' | 'number'): PageToken {
		if (form === 'number') {
			return this.numbered.push({ sequenceId: sequence.id, offset, page, limit }) - 1;
		}
		const position = `${sequence.id}.${offset}.${page}.${limit}`;
		return Buffer.from(`${position}.${this.sign(position)}`).toString('base64url');
	}

	/** Undefined for a token that this server did not issue, or has dropped. */
	parseToken(token: string): Position | undefined {
		const numbered = /^\d+$/.test(token) ? this.numbered[Number(token)] : undefined;
		if (numbered) return this.find(numbered);
		const text = Buffer.from(token, 'base64url').toString();
		const parts = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.(\w+)$/.exec(text);
		if (!parts) return undefined;
		const [id, offset, page, limit] = parts.slice(1, 5).map(Number) as [
			number,
			number,
			number,
			number,
		];
		if (parts[5] !== this.sign(`${id}.${offset}.${page}.${limit}`)) return undefined;
		return this.find({ sequenceId: id, offset, page, limit });
	}

	private find(position: (typeof this.numbered)[number]): Position | undefined {
		const { sequenceId, ...others } = position;
		const sequence = this.sequences.get(sequenceId);
		if (!sequence) return undefined;
		this.markUsed(sequence);
		return { sequence, ...others };
	}

	private markUsed(sequence: PageSequence): void {
		this.sequences.delete(sequence.id);
		this.sequences.set(sequence.id, sequence);
		if (this.sequences.size > MAX_SEQUENCES)
			this.sequences.delete(this.sequences.keys().next().value!);
	}

	private sign(position: string): string {
		return createHmac('sha256', `seed ${this.seed}`).update(position).digest('hex').slice(0, 16);
	}
}

/** When page tokens were issued, so that they can expire. */
export class TokenAges {
	private requests = 0;
	/** The last request that issued a token, by the token, and how often it was used since. */
	private readonly issued = new Map<string, { request: number; atMs: number; uses: number }>();

	constructor(
		private readonly clock: Clock,
		private readonly behaviour: Behaviour,
	) {}

	countRequest(): void {
		this.requests++;
	}

	issue(token: PageToken | undefined): void {
		if (token === undefined) return;
		this.issued.set(String(token), { request: this.requests, atMs: this.clock.now(), uses: 0 });
	}

	/** Whether a token is too old, or was used too often. Each call is a use. */
	isExpired(token: string): boolean {
		const { pageTokenLife, tokenUses } = this.behaviour;
		const { requests, ms } = pageTokenLife;
		const issued = this.issued.get(token);
		if (!issued) return false;
		if (++issued.uses > tokenUses) return true;
		return this.requests - issued.request > requests || this.clock.now() - issued.atMs > ms;
	}
}
