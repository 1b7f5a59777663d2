import catalogue from '../../data/celonis-audit-events.json' with { type: 'json' };
import type { Actor } from './actors.mts';
import { drawIpAddress, drawPort, team } from './actors.mts';
import type { Diff, Message } from './messages.mts';
import { createDiff, createMessage } from './messages.mts';
import type { Random } from './random.mts';
import { seededRandom } from './random.mts';

/** A record of the audit log as the API sends it. */
export interface AuditRecord {
	userId: string;
	userRole: string;
	event: string;
	timestamp: string;
	message?: Message;
	ipAddress?: string | null;
	port?: string | null;
	diffPayload?: Diff | null;
}

/** The published names of events, each once: some are in two categories. */
export const eventNames: readonly string[] = [...new Set(Object.values(catalogue).flat())];

/** New names appear with new features of Celonis, before a catalogue lists them. */
export const unpublishedEventNames: readonly string[] = [
	'PROCESS_COPILOT_SESSION_STARTED',
	'KNOWLEDGE MODEL PINNED',
	'orchestration.run.finished',
];

/** Field set and values of the one record that is public (Palo Alto's Celonis event collector). */
export const publishedSamples: readonly AuditRecord[] = [
	{
		userId: 'user2',
		userRole: 'ADMIN',
		event: 'STUDIO_NODE_UPDATED',
		timestamp: '2025-02-02T14:52:10.903Z',
		message: {
			nodeName: 'Name2',
			packageKey: 'packagekey2',
			nodeKey: 'nodekey2',
			id: 'id2',
			nodeType: 'ASSET',
			nodeId: 'nodeid2',
			assetType: 'type',
		},
		ipAddress: null,
		port: '8888',
		diffPayload: null,
	},
];

/** Creates the record of an event at a time in epoch milliseconds. */
export type RecordGenerator = (timestampMs: number) => AuditRecord;

/**
 * Same seed, same records. Each published name occurs once before any of them occurs again, with an
 * unpublished one in between now and then.
 */
export function createRecordGenerator(seed = 1): RecordGenerator {
	const random = seededRandom(seed);
	const someone = team(random);
	let deck: string[] = [];
	const nextEvent = () => {
		if (random.chance(0.01)) return random.pick(unpublishedEventNames);
		if (deck.length === 0) deck = random.shuffled(eventNames);
		return deck.pop()!;
	};
	return (timestampMs) => record(nextEvent(), someone(), timestampMs, random);
}

function record(event: string, actor: Actor, timestampMs: number, random: Random): AuditRecord {
	return {
		...actor,
		event,
		timestamp: timestampText(timestampMs, random),
		...value('message', createMessage(event, random)),
		...value('ipAddress', drawIpAddress(random)),
		...value('port', drawPort(random)),
		...value('diffPayload', createDiff(event, random)),
	};
}

/** Mostly the published form; sometimes with an offset, or to the second (rounded down). */
function timestampText(ms: number, random: Random): string {
	const form = random.fraction();
	if (form < 0.9) return new Date(ms).toISOString();
	if (form < 0.95) return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
	return new Date(ms + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
}

function value<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
	return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
