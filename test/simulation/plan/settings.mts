/** What a user can set on the trigger, and change between two polls. */
export interface Settings {
	readonly apiVersion: 'v1' | 'v2';
	readonly lookbackMs: number;
	readonly maxEvents: number;
	readonly concurrency: number;
	readonly repeatLastBatch: boolean;
	/** A filter that lets some events through and not others; `undefined` lets all through. */
	readonly hidden?: number;
}

const KINDS = 4;

/** Whether the filter of these settings lets a record through. */
export function matchesSettings({ hidden }: Settings, record: Readonly<Record<string, unknown>>) {
	const { event, authenticationEventType = event } = record;
	const kind = String(authenticationEventType).length % KINDS;
	return hidden === undefined || kind !== hidden % KINDS;
}
