import { canonicalText } from './canonicalText';
import type { JsonObject } from './json';
import type { LogRecord } from './record';

/** Events with the same time and the same event ID. */
interface Duplicate extends LogRecord {
	/** Empty if nobody sees the IDs: then all events with the same time are put into an order here. */
	readonly eventId: string;
	/** Replaces the record, which is empty then. */
	readonly projection?: object;
}

/**
 * Sorts duplicates by their content, so that their order does not depend on how the log was read. They
 * can differ in undocumented fields.
 */
export function sortDuplicates<Event extends Duplicate>(
	duplicates: readonly Event[],
	documented: readonly string[],
): readonly Event[] {
	const areEqual = duplicates.every(
		({ eventId, raw }) => eventId !== '' && hasOnlyFields(raw, documented),
	);
	if (areEqual) return duplicates;
	return duplicates
		.map((event) => ({ event, text: canonicalText(getContent(event, documented)) }))
		.sort((a, b) => (a.text < b.text ? -1 : Number(a.text > b.text)))
		.map(({ event }) => event);
}

/** Whether a record has no other fields than the documented ones and `timestamp`. */
export function hasOnlyFields(raw: LogRecord['raw'], documented: readonly string[]): boolean {
	for (const name in raw) if (!isDocumented(name, documented)) return false;
	return true;
}

/** What duplicates may differ in. */
function getContent({ raw, eventId, projection }: Duplicate, documented: readonly string[]) {
	return eventId === '' ? projection : omitDocumented(raw, documented);
}

function omitDocumented(raw: LogRecord['raw'], documented: readonly string[]): JsonObject {
	return Object.fromEntries(
		Object.entries(raw).filter(([name]) => !isDocumented(name, documented)),
	);
}

function isDocumented(name: string, documented: readonly string[]): boolean {
	return name === 'timestamp' || documented.includes(name);
}
