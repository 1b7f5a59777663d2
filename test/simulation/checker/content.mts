type Fields = Readonly<Record<string, unknown>>;

/**
 * What a record says, however it is written: the order of its fields, a null or empty field that
 * is left out, and the form of its timestamp do not count.
 */
export function contentOf(record: Fields): string {
	const said = Object.entries(record)
		.filter(([, value]) => value !== null && value !== undefined && value !== '')
		.map(([name, value]) => [name, name === 'timestamp' ? timeOf(record) : value] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify(said, sortedKeys);
}

/** When the event happened, epoch milliseconds. */
export function timeOf({ timestamp }: Fields): number {
	return Date.parse(String(timestamp));
}

function sortedKeys(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
