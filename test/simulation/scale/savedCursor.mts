import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import { findCursor, storeCursor } from '../trigger';

/** A cursor as n8n keeps it between polls. */
export function saved(cursor: Cursor): string {
	return JSON.stringify(storeCursor(cursor));
}

/** The cursor that was saved, if any was. */
export function load(text: string | undefined): Cursor | undefined {
	const found = findCursor(text === undefined ? undefined : JSON.parse(text));
	return found.kind === 'cursor' ? found.cursor : undefined;
}
