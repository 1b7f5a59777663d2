/** The trigger settings that a user can change between two polls. */
export interface Settings {
	readonly apiVersion: 'v1' | 'v2';
	readonly lookbackMs: number;
	readonly maxEvents: number;
	readonly concurrency: number;
	readonly repeatLastBatch: boolean;
	/** The kind of event that the filter excludes; `undefined`: no filter. */
	readonly hidden?: number;
}

const KINDS = 4;

/** Whether a record matches the filter of these settings. */
export function matchesSettings({ hidden }: Settings, record: Readonly<Record<string, unknown>>) {
	const { event, authenticationEventType = event } = record;
	const kind = String(authenticationEventType).length % KINDS;
	return hidden === undefined || kind !== hidden % KINDS;
}
