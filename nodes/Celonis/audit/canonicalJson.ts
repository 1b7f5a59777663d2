/** JSON text that does not depend on the order in which an object's keys came. Takes JSON values only. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const object = value as Record<string, unknown>;
	const members = Object.keys(object)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonicalJson(object[key])}`);
	return `{${members.join(',')}}`;
}
