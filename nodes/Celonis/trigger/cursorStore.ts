import { hash } from 'crypto';
import { startCursorAt, type Cursor } from '../delivery/cursor';
import { parseCursor, serializeCursor } from '../delivery/cursorCodec';
import type { CursorStore, PollStart } from '../delivery/poll';
import { recordLastBatch, rewindLastBatch } from '../delivery/rewind';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { Clock } from '../http/clock';
import type { LogEvent } from '../records/eventId';
import type { ProcessMemory } from './processMemory';

/** The properties of the node's static data that hold the cursor of each log. */
const STATIC_DATA_KEYS = {
	auditLog: 'cursor',
	loginHistory: 'loginHistoryCursor',
} as const satisfies Partial<Record<ApiName, string>>;

/** A log that the trigger can poll. */
export type PolledLog = keyof typeof STATIC_DATA_KEYS;

/** Where the cursor is kept, and how. */
export interface CursorStoreOptions {
	/** n8n's static data of the node, looked up anew each time. */
	readonly getStaticData: () => Record<string, unknown>;
	/** A node may be switched from one log to another and back: each log has a cursor of its own. */
	readonly log: PolledLog;
	/** Identifies one node of one workflow, even after the node is renamed. */
	readonly nodeId: string;
	readonly memory: ProcessMemory;
	readonly clock: Clock;
	/** Where to start if nothing is saved, epoch milliseconds; now by default. */
	readonly startMs?: number;
	/** Whether the last batch is delivered once more by the first poll of a process. */
	readonly repeatLastBatch: boolean;
}

/** Keeps the cursor in n8n's static data of the node. Create one for each poll. */
export class StaticDataCursorStore implements CursorStore {
	readonly #options: CursorStoreOptions;
	readonly #nodeKey: string;
	/** Where this poll starts from. */
	#before: Cursor | undefined;
	/** Whether neither n8n nor this process had a cursor of an earlier poll. */
	#isFirstPoll = false;

	constructor(options: CursorStoreOptions) {
		this.#options = options;
		this.#nodeKey = `${options.nodeId}:${options.log}`;
	}

	begin(): PollStart {
		const { memory, clock } = this.#options;
		const nowMs = clock.now();
		if (!memory.acquire(this.#nodeKey, nowMs)) return { isStale: true };
		let isStarted = false;
		try {
			const isStale = memory.hasJustDeliveredFrom(this.#nodeKey, () => this.#hashState(), nowMs);
			if (!isStale) this.#before = this.#load();
			isStarted = !isStale;
			return { cursor: this.#before, isStale };
		} finally {
			if (!isStarted) this.end();
		}
	}

	/** n8n's in-memory engine saves the static data only after an assignment at its top level. */
	commit(cursor: Cursor, delivered: readonly LogEvent[]): void {
		const { getStaticData, log, memory, clock } = this.#options;
		if (delivered.length > 0) {
			memory.rememberDelivery(this.#nodeKey, this.#hashState(), clock.now());
		} else if (this.#isFirstPoll) memory.rememberStart(this.#nodeKey, cursor);
		const saved = { ...this.#withLastBatch(cursor, delivered), savedBy: memory.processId };
		getStaticData()[STATIC_DATA_KEYS[log]] = serializeCursor(saved);
	}

	end(): void {
		this.#options.memory.release(this.#nodeKey);
	}

	#load(): Cursor | undefined {
		const { log, memory, repeatLastBatch, startMs } = this.#options;
		const parsed = parseCursor(this.#readState());
		if (parsed.kind === 'unreadable') throw new CelonisError('unreadableCursor', { api: log });
		if (parsed.kind === 'none') {
			const start = memory.getStart(this.#nodeKey);
			this.#isFirstPoll = start === undefined;
			return start ?? (startMs === undefined ? undefined : startCursorAt(startMs));
		}
		memory.forgetStart(this.#nodeKey);
		const { cursor } = parsed;
		const isFirstOfProcess = cursor.savedBy !== memory.processId;
		return repeatLastBatch && isFirstOfProcess ? rewindLastBatch(cursor) : cursor;
	}

	#withLastBatch(cursor: Cursor, delivered: readonly LogEvent[]): Cursor {
		if (!this.#options.repeatLastBatch) return { ...cursor, lastBatch: undefined };
		return this.#before ? recordLastBatch(this.#before, cursor, delivered) : cursor;
	}

	#readState(): unknown {
		const { getStaticData, log } = this.#options;
		return getStaticData()[STATIC_DATA_KEYS[log]];
	}

	#hashState(): string {
		return hash('sha256', JSON.stringify(this.#readState() ?? null), 'base64url');
	}
}
