import { isJsonObject, type JsonObject } from '../records/json';
import { isPosition, isSeen, type StoredPosition, type StoredSeen } from './storedPosition';

/** The cursor of one team. */
export interface StoredCursor extends StoredPosition {
	/** The host of the team. */
	readonly team: string;
	/** The process of n8n that saved it. */
	readonly savedBy?: string;
	/** When the log was read last: by the clock of polls, and by the server's clock. */
	readonly lastPoll?: StoredPollTimes;
	/** The timestamp of the newest record, in milliseconds after the low watermark. */
	readonly newest?: number;
	readonly isProvisional?: true;
	/** Delivered after the low watermark, except for the events in `lastBatch`. */
	readonly seen: StoredSeen;
	readonly unreadable?: readonly string[];
	readonly lastBatch?: StoredLastBatch;
}

interface StoredLastBatch extends StoredPosition {
	/** The part of the last delivery that is after the cursor's low watermark. */
	readonly seen: StoredSeen;
	/** Those of the last delivery that cannot be read. */
	readonly unreadable?: readonly string[];
	readonly settled: StoredSeen;
}

/** In milliseconds after the low watermark. */
type StoredPollTimes = readonly [clockMs: number, serverMs: number];

/** Whether stored JSON is the cursor of a team. */
export function isStoredCursor(value: JsonObject): value is JsonObject & StoredCursor {
	const { savedBy, lastPoll, newest, isProvisional, seen, unreadable, lastBatch } = value;
	return (
		isPosition(value) &&
		isSeen(seen) &&
		isOptional(savedBy, (each) => typeof each === 'string') &&
		isOptional(lastPoll, isStoredPollTimes) &&
		isOptional(newest, Number.isFinite) &&
		isOptional(isProvisional, (each) => each === true) &&
		isOptional(unreadable, isTextList) &&
		isOptional(lastBatch, isStoredLastBatch)
	);
}

function isTextList(value: unknown): boolean {
	return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function isStoredPollTimes(value: unknown): boolean {
	return Array.isArray(value) && value.length === 2 && value.every(Number.isFinite);
}

function isStoredLastBatch(value: unknown): boolean {
	return (
		isJsonObject(value) &&
		isPosition(value) &&
		isSeen(value.seen) &&
		isSeen(value.settled) &&
		isOptional(value.unreadable, isTextList)
	);
}

function isOptional(value: unknown, isValid: (value: unknown) => boolean): boolean {
	return value === undefined || isValid(value);
}
