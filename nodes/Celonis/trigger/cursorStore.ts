import { hash } from 'crypto';
import { startCursorAt, type Cursor } from '../delivery/cursor';
import { parseCursor, serializeCursor, type ParsedCursor } from '../delivery/cursorCodec';
import type { CursorStore, PollStart } from '../delivery/poll';
import { recordLastBatch, rewindLastBatch } from '../delivery/rewind';
import type { ApiName } from '../errors/apis';
import { CelonisError } from '../errors/celonisError';
import type { Clock } from '../http/clock';
import type { LogEvent } from '../records/eventId';
import type { LastingProblem, ProcessMemory } from './processMemory';

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
	/** The host of the team: each team has a cursor of its own. */
	readonly team: string;
	/** See `getNodeKey`: it stays the same when the node is renamed. */
	readonly nodeKey: string;
	readonly memory: ProcessMemory;
	readonly clock: Clock;
	/** Where to start if nothing is saved, epoch milliseconds; now by default. */
	readonly startMs?: number;
	/** Whether the last batch is delivered once more by the first poll of a process. */
	readonly repeatLastBatch: boolean;
}

/** Keeps the cursor of a team in n8n's static data of the node. Create one for each poll. */
export class StaticDataCursorStore implements CursorStore {
	readonly #options: CursorStoreOptions;
	readonly #logKey: string;
	/** The node and the team: each team has a start of its own. */
	readonly #teamKey: string;
	/** When the poll began. */
	readonly #openedAt: { readonly wallMs: number; readonly clockMs: number };
	/** Where this poll starts from. */
	#before: Cursor | undefined;
	/** Whether neither n8n nor this process had a cursor of an earlier poll. */
	#isFirstPoll = false;

	constructor(options: CursorStoreOptions) {
		this.#options = options;
		const { clock } = options;
		this.#openedAt = { wallMs: clock.wallNow(), clockMs: clock.now() };
		this.#logKey = `${options.nodeKey}:${options.log}`;
		this.#teamKey = `${this.#logKey}:${options.team}`;
	}

	begin(): PollStart {
		const { memory, clock } = this.#options;
		const nowMs = clock.now();
		if (!memory.acquire(this.#logKey, nowMs)) return { isStale: true };
		let isStarted = false;
		try {
			const isStale = memory.hasJustDeliveredFrom(this.#logKey, () => this.#hashState(), nowMs);
			if (!isStale) this.#before = this.#load();
			isStarted = !isStale;
			const isFirstOfProcess = !this.#isOwn(this.#before);
			return { cursor: this.#before, isFirstOfProcess, isStale };
		} finally {
			if (!isStarted) this.end();
		}
	}

	/** n8n's in-memory engine saves the static data only after an assignment at its top level. */
	commit(cursor: Cursor, delivered: readonly LogEvent[], fetchedFrom = this.#before): void {
		const { memory, clock } = this.#options;
		if (delivered.length > 0) {
			memory.rememberDelivery(this.#logKey, this.#hashState(), clock.now());
			memory.forgetStart(this.#teamKey);
		} else if (this.#isFirstPoll)
			memory.rememberStart(this.#teamKey, this.#sign(cursor), clock.now());
		this.#save(this.#withLastBatch(cursor, delivered, fetchedFrom));
	}

	/**
	 * Sets the start to the beginning of the poll, by this machine's clock, unless there is a cursor or a
	 * start date. Call this if the poll failed before it could ask Celonis for the time.
	 */
	startNow(): void {
		const { memory, clock, startMs } = this.#options;
		if (startMs !== undefined || memory.getStart(this.#teamKey) !== undefined) return;
		const start = this.#createStart();
		if (!start) return;
		memory.rememberStart(this.#teamKey, this.#sign(start), clock.now());
		this.#save(start);
	}

	/**
	 * A start by this machine's clock. One that another process has set that way stays where it is: how
	 * long ago it was is known to this process from now on, even if the clock is set.
	 */
	#createStart(): Cursor | undefined {
		const { wallMs, clockMs } = this.#openedAt;
		const parsed = this.#parseState();
		const isOther =
			parsed.kind === 'cursor' &&
			parsed.cursor.isProvisional === true &&
			!this.#isOwn(parsed.cursor);
		if (parsed.kind !== 'none' && !isOther) return undefined;
		const ms = isOther ? parsed.cursor.lowWatermark.ms : wallMs;
		const agoMs = Math.max(0, wallMs - ms);
		return {
			...startCursorAt(ms),
			lastPoll: { clockMs: clockMs - agoMs, serverMs: ms },
			isProvisional: true,
		};
	}

	/** Whether another warning about a problem that lasts is due. */
	takeWarning(problem: LastingProblem): boolean {
		const { memory, clock } = this.#options;
		return memory.takeWarning(this.#logKey, problem, clock.now());
	}

	/**
	 * When the log was first read with these settings, by the server's time; `Infinity` if this process does
	 * not know.
	 */
	getSettingsSince(settings: object): number {
		return this.#options.memory.getSettingsSince(this.#teamKey, settings) ?? Infinity;
	}

	/** Remembers that the log was read with these settings. */
	rememberSettings(settings: object, readAtMs: number): void {
		const { memory, clock } = this.#options;
		memory.rememberSettings(this.#teamKey, settings, readAtMs, clock.now());
	}

	end(): void {
		this.#options.memory.release(this.#logKey);
	}

	#load(): Cursor | undefined {
		const { log, memory, repeatLastBatch, startMs } = this.#options;
		const parsed = this.#parseState();
		if (parsed.kind === 'unreadable') throw new CelonisError('unreadableCursor', { api: log });
		if (parsed.kind === 'newer') throw new CelonisError('newerCursor', { api: log });
		if (parsed.kind === 'none') {
			if (startMs !== undefined) return startCursorAt(startMs);
			const start = memory.getStart(this.#teamKey);
			this.#isFirstPoll = start === undefined;
			return start;
		}
		const { cursor } = parsed;
		// This process knows how long ago its own start was; another one has only saved it again.
		const start = cursor.isProvisional ? memory.getStart(this.#teamKey) : undefined;
		if (start?.lowWatermark.ms === cursor.lowWatermark.ms) return start;
		return repeatLastBatch && !this.#isOwn(cursor) ? rewindLastBatch(cursor) : cursor;
	}

	#withLastBatch(
		cursor: Cursor,
		delivered: readonly LogEvent[],
		fetchedFrom: Cursor | undefined,
	): Cursor {
		if (!this.#options.repeatLastBatch) return { ...cursor, lastBatch: undefined };
		return fetchedFrom ? recordLastBatch(fetchedFrom, cursor, delivered) : cursor;
	}

	#save(cursor: Cursor): void {
		const { getStaticData, log, team } = this.#options;
		const signed = this.#sign(cursor);
		getStaticData()[STATIC_DATA_KEYS[log]] = serializeCursor(signed, team, this.#readState());
	}

	#sign(cursor: Cursor): Cursor {
		return { ...cursor, savedBy: this.#options.memory.processId };
	}

	/** Whether this process has saved the cursor. */
	#isOwn(cursor: Cursor | undefined): boolean {
		return cursor?.savedBy === this.#options.memory.processId;
	}

	#parseState(): ParsedCursor {
		return parseCursor(this.#readState(), this.#options.team);
	}

	#readState(): unknown {
		const { getStaticData, log } = this.#options;
		return getStaticData()[STATIC_DATA_KEYS[log]];
	}

	#hashState(): string {
		return hash('sha256', JSON.stringify(this.#readState() ?? null), 'base64url');
	}
}
