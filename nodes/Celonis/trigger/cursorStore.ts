import { NodeOperationError, type IPollFunctions } from 'n8n-workflow';
import type { Cursor } from '../delivery/cursor';
import { rewindLastBatch } from '../delivery/rewind';
import { APIS } from '../errors/apis';
import { parseCursor, serializeCursor } from '../delivery/cursorCodec';
import type { SourceName } from '../sources';

/**
 * Where polling started, by node. n8n's durable engine throws away the state of the poll that
 * activates a workflow if that poll delivers nothing; what happens until the first scheduled poll
 * is to be delivered all the same.
 */
const starts = new Map<string, Cursor>();

/** Nodes that this process has polled for. */
const polledNodes = new Set<string>();

/**
 * What n8n makes anew whenever it activates a workflow, in a process that has just started or in
 * one that takes over once more, and what a poll has already saved a cursor with: the context, or
 * the static data where n8n makes a context for each poll.
 */
const polled = new WeakSet<object>();

/** The state that the last poll of a node began with, where it has delivered something, and when it ended. */
const deliveredFrom = new Map<string, { readonly state: string; readonly atMs: number }>();

/** In the node's static data. */
const KEYS: Readonly<Record<SourceName, string>> = {
	auditLog: 'cursor',
	loginHistory: 'loginHistoryCursor',
};

/** n8n saves a state within moments, even where it has much to do. */
const LONGEST_SAVING_MS = 10_000;

/** Where the cursor of a log is kept: a node may be switched from one to another and back. */
export interface CursorPlace {
	readonly context: IPollFunctions;
	readonly sourceName: SourceName;
}

/** Tells one node of one workflow, and one log, from all others, also after it was renamed. */
export function nodeKeyOf({ context, sourceName }: CursorPlace): string {
	return `${context.getWorkflow().id ?? ''}:${context.getNode().id}:${sourceName}`;
}

/**
 * The cursor that the last poll left, or that the activation started with. Where the last batch is
 * to be repeated after a start of n8n, the cursor stands before it.
 */
export function loadCursor(
	place: CursorPlace,
	{ repeatLastBatch }: { repeatLastBatch: boolean },
): Cursor | undefined {
	const found = parseCursor(storedIn(place));
	if (found.kind === 'unreadable') {
		throw new NodeOperationError(
			place.context.getNode(),
			`The saved position in ${APIS[place.sourceName].content} cannot be read`,
			{
				description:
					"It was changed, or written by a newer version of this node. Update the package 'n8n-nodes-celonis'; or, to start over, replace this node by a new one and set 'Start From' to the date from which events are missing.",
				failure: { cause: 'configuration-invalid' },
			},
		);
	}
	if (found.kind === 'none') return starts.get(nodeKeyOf(place));
	// n8n has kept a cursor: from here on the start would only repeat what was delivered, as after
	// a renaming, when n8n finds no state under the new name.
	starts.delete(nodeKeyOf(place));
	return repeatLastBatch && isFirstAfterStart(place) ? rewindLastBatch(found.cursor) : found.cursor;
}

/**
 * Whether the state is the one that an earlier poll has just delivered from. n8n's durable engine
 * reads the state some time before it polls, and saves it some time afterwards: with several poll
 * times, or when it catches up after a start, a poll can begin with what is already outdated.
 */
export function isOutdated(place: CursorPlace, nowMs: number): boolean {
	const earlier = deliveredFrom.get(nodeKeyOf(place));
	if (!earlier || Math.abs(nowMs - earlier.atMs) > LONGEST_SAVING_MS) return false;
	return earlier.state === stateOf(place);
}

/** To be called before the new cursor is saved by a poll that delivers something. */
export function rememberDelivery(place: CursorPlace, nowMs: number): void {
	deliveredFrom.set(nodeKeyOf(place), { state: stateOf(place), atMs: nowMs });
}

/** Remembers the cursor of a first poll that delivered nothing, for as long as n8n runs. */
export function rememberStart(place: CursorPlace, cursor: Cursor): void {
	starts.set(nodeKeyOf(place), cursor);
}

/**
 * Keeps the cursor. To be called last, when nothing can fail any more: n8n's in-memory engine keeps
 * what was assigned even if the poll fails afterwards, and notices assignments at the top level only.
 */
export function saveCursor(place: CursorPlace, cursor: Cursor): void {
	const { context, sourceName } = place;
	const staticData = context.getWorkflowStaticData('node');
	polled.add(staticData).add(context);
	polledNodes.add(nodeKeyOf(place));
	staticData[KEYS[sourceName]] = serializeCursor(cursor);
}

function stateOf(place: CursorPlace): string {
	return JSON.stringify(storedIn(place) ?? null);
}

function storedIn({ context, sourceName }: CursorPlace): unknown {
	return context.getWorkflowStaticData('node')[KEYS[sourceName]];
}

/**
 * The first poll of this process, or the first one since this process has taken over once more from
 * another. The activation mode alone does not tell: where n8n died while it activated a workflow, it
 * activates it after the start as if it had been changed.
 */
function isFirstAfterStart(place: CursorPlace): boolean {
	const { context } = place;
	if (!polledNodes.has(nodeKeyOf(place))) return true;
	const follows = ['init', 'leadershipChange'].includes(context.getActivationMode());
	return follows && ![context, context.getWorkflowStaticData('node')].some((it) => polled.has(it));
}
