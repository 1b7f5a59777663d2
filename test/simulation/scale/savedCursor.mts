import type { Cursor } from '../../../nodes/Celonis/delivery/cursor';
import { parseCursor, serializeCursor } from '../trigger';

/** A cursor as n8n keeps it between polls. */
export function saved(cursor: Cursor): string {
	return JSON.stringify(serializeCursor(cursor));
}

/** The cursor that was saved, if any was. */
export function load(text: string | undefined): Cursor | undefined {
	const found = parseCursor(text === undefined ? undefined : JSON.parse(text));
	return found.kind === 'cursor' ? found.cursor : undefined;
}
