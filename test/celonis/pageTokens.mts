import { createHmac } from 'node:crypto';
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
}

/** How many sequences can be continued; the least recently used one is dropped. Whether real ones end is unknown. */
const MAX_SEQUENCES = 100;

/** Version 2's page tokens: opaque and reusable, so that a page can be requested again. */
export class PageTokens {
	private sequences = new Map<number, PageSequence>();
	private started = 0;

	constructor(private readonly seed: number) {}

	start(window: string, records: readonly LogEntry[]): PageSequence {
		const sequence = { id: this.started++, window, records };
		this.markUsed(sequence);
		return sequence;
	}

	createToken({ sequence, offset, page }: Position): string {
		const position = `${sequence.id}.${offset}.${page}`;
		return Buffer.from(`${position}.${this.sign(position)}`).toString('base64url');
	}

	/** Undefined for a token that this server did not issue, or has dropped. */
	parseToken(token: string): Position | undefined {
		const text = Buffer.from(token, 'base64url').toString();
		const parts = /^(\d+)\.(\d+)\.(\d+)\.(\w+)$/.exec(text);
		if (!parts) return undefined;
		const [id, offset, page] = parts.slice(1, 4).map(Number) as [number, number, number];
		const sequence = this.sequences.get(id);
		if (!sequence || parts[4] !== this.sign(`${id}.${offset}.${page}`)) return undefined;
		this.markUsed(sequence);
		return { sequence, offset, page };
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
