/** The JSON texts of records, sorted: two lists with the same texts hold the same records. */
export function toSortedJson(records: readonly unknown[]): string[] {
	return records.map((record) => JSON.stringify(record)).sort();
}
