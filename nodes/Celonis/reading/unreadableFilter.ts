import type { LogEvent } from '../records/eventId';

/** Drops records that cannot be read and were in an earlier slice: they lie in every window. */
export function createUnreadableFilter(): (event: LogEvent) => boolean {
	const known = new Set<string>();
	return ({ problem, eventId }) => {
		if (!problem) return true;
		const isNew = !known.has(eventId);
		known.add(eventId);
		return isNew;
	};
}
