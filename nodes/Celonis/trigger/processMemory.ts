import { hash, randomBytes } from 'crypto';
import type { Cursor } from '../delivery/cursor';
import { RecentEntries } from '../records/recentEntries';

/** What a process of n8n remembers of one node and one log between polls, beside the saved cursor. */
interface NodeMemory {
	isPolling: boolean;
	/** Where polling started, until n8n has saved a cursor. */
	start?: Cursor;
	/** Of the last poll that delivered something: the state that it started from, and when it ended. */
	lastDelivery?: { readonly stateHash: string; readonly atMs: number };
	/** When a warning about something that lasts was logged last. */
	readonly lastWarningMs: Partial<Record<LastingProblem, number>>;
	/** The settings of the last poll that read the log, as a hash, and when the first one with them did. */
	settings?: { readonly hash: string; readonly sinceMs: number };
}

/** What lasts, and is worth a warning a day. */
export type LastingProblem = 'clocks' | 'lateness';

const WARNING_INTERVAL_MS = 24 * 60 * 60 * 1000;

/** n8n saves a state within moments, even under load. */
const MAX_SAVE_DURATION_MS = 10_000;

/** The memory of one process of n8n. It is bounded, see `RecentEntries`. */
export class ProcessMemory {
	/** Identifies this process: after a restart there is another ID. */
	readonly processId: string;
	/** A poll that is running keeps its lock. */
	readonly #nodes = new RecentEntries<NodeMemory>(({ isPolling }) => isPolling);

	constructor(processId = randomBytes(9).toString('base64url')) {
		this.processId = processId;
	}

	/** Starts a poll of a node; false while another one is running. `release` ends it. */
	acquire(nodeKey: string, nowMs: number): boolean {
		const node = this.#touch(nodeKey, nowMs);
		if (node.isPolling) return false;
		node.isPolling = true;
		return true;
	}

	release(nodeKey: string): void {
		const node = this.#nodes.get(nodeKey);
		if (node) node.isPolling = false;
	}

	/**
	 * Remembers the cursor of a first poll that delivered nothing: n8n's durable engine discards the
	 * state of such a poll, but the events until the next poll must be delivered nevertheless.
	 */
	rememberStart(nodeKey: string, cursor: Cursor, nowMs: number): void {
		this.#touch(nodeKey, nowMs).start = cursor;
	}

	getStart(nodeKey: string): Cursor | undefined {
		return this.#nodes.get(nodeKey)?.start;
	}

	/** Once events are delivered, n8n saves the cursor, and the start would repeat them. */
	forgetStart(nodeKey: string): void {
		const node = this.#nodes.get(nodeKey);
		if (node) node.start = undefined;
	}

	/** Remembers a poll that delivers something. Call this before n8n saves its new cursor. */
	rememberDelivery(nodeKey: string, stateHash: string, nowMs: number): void {
		const node = this.#nodes.get(nodeKey);
		if (node) node.lastDelivery = { stateHash, atMs: nowMs };
	}

	/**
	 * Whether an earlier poll has just delivered from this state. n8n's durable engine reads the state
	 * some time before it polls and saves it some time afterwards: with several poll times, or when it
	 * catches up after a start, a poll can begin with an outdated state.
	 */
	hasJustDeliveredFrom(nodeKey: string, hashState: () => string, nowMs: number): boolean {
		const last = this.#nodes.get(nodeKey)?.lastDelivery;
		if (!last || Math.abs(nowMs - last.atMs) > MAX_SAVE_DURATION_MS) return false;
		return last.stateHash === hashState();
	}

	/** Whether the last warning about a problem is a day ago: then the next one is due. */
	takeWarning(nodeKey: string, problem: LastingProblem, nowMs: number): boolean {
		const { lastWarningMs } = this.#touch(nodeKey, nowMs);
		const isDue = nowMs - (lastWarningMs[problem] ?? -Infinity) >= WARNING_INTERVAL_MS;
		if (isDue) lastWarningMs[problem] = nowMs;
		return isDue;
	}

	/**
	 * Remembers the settings of a poll, and when it has read the log, by the server's time, unless they are
	 * those of the poll before.
	 */
	rememberSettings(nodeKey: string, settings: unknown, readAtMs: number, nowMs: number): void {
		const node = this.#touch(nodeKey, nowMs);
		const settingsHash = hashSettings(settings);
		if (node.settings?.hash === settingsHash) return;
		node.settings = { hash: settingsHash, sinceMs: readAtMs };
	}

	/** When the log was first read with these settings, if they are those of the last poll. */
	getSettingsSince(nodeKey: string, settings: unknown): number | undefined {
		const known = this.#nodes.get(nodeKey)?.settings;
		return known?.hash === hashSettings(settings) ? known.sinceMs : undefined;
	}

	/** How many nodes are remembered. */
	get size(): number {
		return this.#nodes.size;
	}

	#touch(nodeKey: string, nowMs: number): NodeMemory {
		const node = this.#nodes.get(nodeKey) ?? { isPolling: false, lastWarningMs: {} };
		this.#nodes.set(nodeKey, node, nowMs);
		return node;
	}
}

function hashSettings(settings: unknown): string {
	return hash('sha256', JSON.stringify(settings), 'base64url');
}

/** The memory of the process that runs this. */
export const processMemory = new ProcessMemory();
