import { createHmac } from 'node:crypto';
import type { LogEntry } from './log.mts';

/** One reading of a window from its first page to its last, over the records visible at its start. */
export interface Chain {
	readonly id: number;
	/** `from` and `to` as they were asked for; every page has to ask for the same. */
	readonly window: string;
	readonly records: readonly LogEntry[];
}

/** Where a page starts: the records before `offset` were shown on the `page` pages before it. */
export interface Position {
	chain: Chain;
	offset: number;
	page: number;
}

/** Chains that can still be continued; the one unused for longest goes first. Whether real ones end is unknown. */
const keptChains = 100;

/** Version 2's page tokens: opaque, and valid as often as they are shown, so that a page can be asked for again. */
export class Chains {
	private chains = new Map<number, Chain>();
	private started = 0;

	constructor(private readonly seed: number) {}

	start(window: string, records: readonly LogEntry[]): Chain {
		const chain = { id: this.started++, window, records };
		this.keep(chain);
		return chain;
	}

	token({ chain, offset, page }: Position): string {
		const position = `${chain.id}.${offset}.${page}`;
		return Buffer.from(`${position}.${this.seal(position)}`).toString('base64url');
	}

	/** Undefined for a token that this server did not give out, or no longer knows. */
	position(token: string): Position | undefined {
		const text = Buffer.from(token, 'base64url').toString();
		const parts = /^(\d+)\.(\d+)\.(\d+)\.(\w+)$/.exec(text);
		if (!parts) return undefined;
		const [id, offset, page] = parts.slice(1, 4).map(Number) as [number, number, number];
		const chain = this.chains.get(id);
		if (!chain || parts[4] !== this.seal(`${id}.${offset}.${page}`)) return undefined;
		this.keep(chain);
		return { chain, offset, page };
	}

	private keep(chain: Chain): void {
		this.chains.delete(chain.id);
		this.chains.set(chain.id, chain);
		if (this.chains.size > keptChains) this.chains.delete(this.chains.keys().next().value!);
	}

	private seal(position: string): string {
		return createHmac('sha256', `seed ${this.seed}`).update(position).digest('hex').slice(0, 16);
	}
}
