import { isJsonObject, type JsonObject } from '../records/json';
import type { Cursor } from './cursor';
import { parseVersion1 } from './cursorVersion1';
import { isStoredCursor, type StoredCursor } from './storedCursor';
import {
	deserializePosition,
	deserializeSeen,
	serializePosition,
	serializeSeen,
} from './storedPosition';

/** The version of the stored form. Another form has another version. */
const VERSION = 2;

/** How many teams' cursors are kept beside that of the team that was polled last. */
const MAX_OTHER_TEAMS = 3;

/** The cursors of a log as plain JSON, the form in which n8n keeps them between polls. */
export interface StoredCursors extends StoredCursor {
	readonly v: typeof VERSION;
	/** The cursors of teams that were polled before, as they were kept, the last one first. */
	readonly otherTeams?: readonly JsonObject[];
}

/** What n8n kept for a team: no cursor, a cursor, or something else. */
export type ParsedCursor =
	| { readonly kind: 'none' }
	| { readonly kind: 'cursor'; readonly cursor: Cursor }
	| { readonly kind: 'unreadable' }
	/** Written by a version of the package that is newer than this one. */
	| { readonly kind: 'newer' };

/**
 * Converts a team's cursor to the form that n8n keeps. Of what n8n has kept so far, the cursors of the
 * last few other teams remain.
 */
export function serializeCursor(cursor: Cursor, team: string, kept?: unknown): StoredCursors {
	const otherTeams = isJsonObject(kept)
		? getTeams(kept)
				.filter((other) => typeof other.team === 'string' && other.team !== team)
				.slice(0, MAX_OTHER_TEAMS)
		: [];
	return {
		v: VERSION,
		...serializeTeam(cursor, team),
		...(otherTeams.length > 0 && { otherTeams }),
	};
}

/**
 * Parses what n8n kept for a team. A cursor that can't be parsed is not the same as none: starting
 * over silently would lose events.
 */
export function parseCursor(stored: unknown, team: string): ParsedCursor {
	if (stored === undefined || stored === null) return { kind: 'none' };
	if (!isJsonObject(stored)) return { kind: 'unreadable' };
	if (stored.v === 1) {
		const cursor = parseVersion1(stored);
		return cursor ? { kind: 'cursor', cursor } : { kind: 'unreadable' };
	}
	if (typeof stored.v === 'number' && stored.v > VERSION) return { kind: 'newer' };
	if (stored.v !== VERSION || typeof stored.team !== 'string') return { kind: 'unreadable' };
	const own = getTeams(stored).find((each) => each.team === team);
	if (!own) return { kind: 'none' };
	return isStoredCursor(own)
		? { kind: 'cursor', cursor: deserializeCursor(own) }
		: { kind: 'unreadable' };
}

/** The stored cursors of all teams: the one that was polled last, then the others. */
function getTeams(stored: JsonObject): JsonObject[] {
	if (stored.v !== VERSION) return [];
	const { otherTeams, ...last } = stored;
	return [last, ...(Array.isArray(otherTeams) ? otherTeams.filter(isJsonObject) : [])];
}

function serializeTeam(cursor: Cursor, team: string): StoredCursor {
	const { seen, lastBatch, savedBy, lastPoll, newestRecordMs, unreadable = new Set() } = cursor;
	const base = cursor.lowWatermark.ms;
	const isInBatch = (key: string) => lastBatch?.keys.has(key) === true;
	return {
		team,
		...(savedBy !== undefined && { savedBy }),
		...(lastPoll && {
			lastPoll: [Math.floor(lastPoll.clockMs - base), lastPoll.serverMs - base] as const,
		}),
		...(newestRecordMs !== undefined && { newest: newestRecordMs - base }),
		...(cursor.isProvisional && { isProvisional: true }),
		...serializePosition(cursor),
		seen: serializeSeen(base, seen, (key) => !isInBatch(key)),
		...serializeUnreadable(unreadable),
		...(lastBatch && {
			lastBatch: {
				...serializePosition(lastBatch),
				seen: serializeSeen(base, seen, isInBatch),
				...serializeUnreadable(unreadable, isInBatch),
				settled: serializeSeen(base, lastBatch.settled),
			},
		}),
	};
}

function serializeUnreadable(
	unreadable: ReadonlySet<string>,
	includes: (key: string) => boolean = () => true,
): { readonly unreadable?: string[] } {
	const keys = [...unreadable].filter(includes);
	return keys.length > 0 ? { unreadable: keys } : {};
}

function deserializeCursor(stored: StoredCursor): Cursor {
	const { lastBatch, savedBy, lastPoll, newest, isProvisional, unreadable } = stored;
	const base = stored.floor;
	const others = deserializeSeen(base, stored.seen);
	const common = {
		...deserializePosition(stored),
		...(savedBy !== undefined && { savedBy }),
		...(lastPoll && {
			lastPoll: { clockMs: base + lastPoll[0], serverMs: base + lastPoll[1] },
		}),
		...(newest !== undefined && { newestRecordMs: base + newest }),
		...(isProvisional && { isProvisional }),
		...(unreadable && { unreadable: new Set(unreadable) }),
	};
	if (!lastBatch) return { ...common, seen: others };
	const { unreadable: inBatch = [] } = lastBatch;

	const batch = deserializeSeen(base, lastBatch.seen);
	return {
		...common,
		seen: new Map([...others, ...batch]),
		lastBatch: {
			...deserializePosition(lastBatch),
			keys: new Set([...batch.keys(), ...inBatch]),
			settled: deserializeSeen(base, lastBatch.settled),
		},
	};
}
