import type { LogEvent } from '../records/eventId';

/** Drops records that cannot be read and were in an earlier slice: they lie in every window. */
export function createUnreadableFilter(): (event: LogEvent) => boolean {
	const known = new Set<string>();
	return (event) => {
		if (!event.problem) return true;
		const { eventId } = event;
		const isNew = !known.has(eventId);
		known.add(eventId);
		return isNew;
	};
}
