import type { IPollFunctions } from 'n8n-workflow';

/** Far more nodes than one n8n polls. */
const MAX_NODES = 5000;

/** A node that has not polled for this long is assumed to be deleted. */
const MAX_UNUSED_MS = 100 * 24 * 60 * 60 * 1000;

interface Entry<Value> {
	readonly value: Value;
	readonly usedAtMs: number;
}

/** Identifies a node in a process of n8n. */
export function getNodeKey(context: Pick<IPollFunctions, 'getNode' | 'getWorkflow'>): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}`;
}

/** What is remembered of nodes. It is bounded: the least recently used nodes are evicted. */
export class RecentNodes<Value> {
	/** The least recently used node comes first. */
	readonly #entries = new Map<string, Entry<Value>>();

	/** A node that `isKept` holds for is not evicted. */
	constructor(private readonly isKept: (value: Value) => boolean = () => false) {}

	get(nodeKey: string): Value | undefined {
		return this.#entries.get(nodeKey)?.value;
	}

	set(nodeKey: string, value: Value, nowMs: number): void {
		this.#entries.delete(nodeKey);
		this.#entries.set(nodeKey, { value, usedAtMs: nowMs });
		this.#evict(nowMs);
	}

	delete(nodeKey: string): void {
		this.#entries.delete(nodeKey);
	}

	/** How many nodes are remembered. */
	get size(): number {
		return this.#entries.size;
	}

	#evict(nowMs: number): void {
		for (const [nodeKey, { value, usedAtMs }] of this.#entries) {
			const isUnused = nowMs - usedAtMs > MAX_UNUSED_MS;
			if (!isUnused && this.#entries.size <= MAX_NODES) return;
			if (!this.isKept(value)) this.#entries.delete(nodeKey);
		}
	}
}
