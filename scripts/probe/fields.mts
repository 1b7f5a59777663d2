import { isSafeName } from './fieldNames.mts';
import { JSON_TYPES, orderWords, type JsonType, type SeenFields } from './seen.mts';

type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The names and types of the fields of some objects. Names that may be data are only counted. */
export function describeFields(objects: readonly JsonObject[]): SeenFields {
	const found = new Map<string, Set<JsonType>>();
	const counts = new Map<string, number>();
	for (const object of objects) {
		for (const [name, value] of Object.entries(object)) {
			found.set(name, (found.get(name) ?? new Set<JsonType>()).add(getJsonType(value)));
			counts.set(name, (counts.get(name) ?? 0) + 1);
		}
	}
	const safe = [...found].filter(([name]) => isSafeName(name)).sort(([a], [b]) => (a < b ? -1 : 1));
	const names = safe.map(([name, types]): [string, JsonType[]] => {
		if ((counts.get(name) ?? 0) < objects.length) types.add('absent');
		return [name, orderWords(JSON_TYPES, types)];
	});
	return { names: Object.fromEntries(names), others: Math.min(found.size - safe.length, 100_000) };
}

function getJsonType(value: unknown): JsonType {
	if (value === null) return 'null';
	if (value === '') return 'empty text';
	if (Array.isArray(value)) return 'list';
	const types: Readonly<Record<string, JsonType>> = {
		string: 'text',
		number: 'number',
		boolean: 'boolean',
	};
	return types[typeof value] ?? 'object';
}

const ID_NAME =
	/^_?(?:(?:event|audit|audit[-_]?log|log|record|entry|authentication[-_]?event)?[-_]?(?:id|uuid|guid|key)|sequence(?:[-_]?(?:number|id))?)$/i;

/** The first field of the records that looks like their ID. */
export function findIdField(records: readonly JsonObject[]): string | undefined {
	const names = new Set(records.flatMap((record) => Object.keys(record)));
	return [...names].sort().find((name) => ID_NAME.test(name));
}
