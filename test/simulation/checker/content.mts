type Fields = Readonly<Record<string, unknown>>;

/**
 * A canonical form of a record: independent of the order of its fields, of null and empty fields,
 * and of the format of its timestamp.
 */
export function formatContent(record: Fields): string {
	const fields = Object.entries(record)
		.filter(([, value]) => value !== null && value !== undefined && value !== '')
		.map(([name, value]) => [name, name === 'timestamp' ? parseTimestamp(record) : value] as const)
		.sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify(fields, sortKeys);
}

/** The time of the event, epoch milliseconds. */
export function parseTimestamp({ timestamp }: Fields): number {
	return Date.parse(String(timestamp));
}

function sortKeys(_key: string, value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
