import { isJsonObject } from '../records/json';
import { isEmail, UNKNOWN } from './ocsf';

/** A value to search for, and the attribute that has it. */
export interface Sighting {
	/** Path of the attribute, such as `actor.user.name`. */
	readonly name: string;
	readonly type: ObservableType;
	readonly value: string;
}

/** OCSF's types of observables. Source: schema.ocsf.io, version 1.8.0. */
const TYPES = {
	hostname: [1, 'Hostname'],
	ip: [2, 'IP Address'],
	userName: [4, 'User Name'],
	email: [5, 'Email Address'],
	resourceId: [10, 'Resource UID'],
	userId: [31, 'User Object: uid'],
	groupName: [32, 'Group Object: name'],
	groupId: [33, 'Group Object: uid'],
	resourceName: [38, 'Resource Details Object: name'],
} as const satisfies Readonly<Record<string, readonly [id: number, name: string]>>;

export type ObservableType = keyof typeof TYPES;

const USER = { name: 'userName', uid: 'userId', email_addr: 'email' } as const;
const GROUP = { name: 'groupName', uid: 'groupId' } as const;
const RESOURCE = { name: 'resourceName', uid: 'resourceId' } as const;
const ENDPOINT = { hostname: 'hostname', ip: 'ip' } as const;

type AttributeTypes = Readonly<Record<string, ObservableType>>;

/** Where a document may have observables: the path of an object, and the types of its attributes. */
const OBSERVED = (
	[
		['actor.user', USER],
		['user', USER],
		['user_result', USER],
		['entity.user', USER],
		['group', GROUP],
		['entity', { uid: 'resourceId' }],
		['resource', RESOURCE],
		['resources', RESOURCE],
		['src_endpoint', ENDPOINT],
		['dst_endpoint', ENDPOINT],
	] satisfies ReadonlyArray<readonly [string, AttributeTypes]>
).map(([path, types]) => ({
	path,
	names: path.split('.'),
	types: Object.entries(types) as Array<[string, ObservableType]>,
}));

/**
 * Builds the observables of a document: its users, groups, resources, hosts and addresses, and what
 * was seen in fields that have no place in the class. Each value is listed once with each type; those
 * without a place are only listed if no attribute has them.
 */
export function buildObservables(
	document: Readonly<Record<string, unknown>>,
	further: readonly Sighting[] = [],
): Array<Record<string, unknown>> {
	const sightings: Sighting[] = [];
	for (const { path, names, types } of OBSERVED) {
		const value = getAt(document, names);
		if (Array.isArray(value)) {
			value.forEach((element, i) => collectSightings(element, `${path}[${i}]`, types, sightings));
		} else if (value !== undefined) collectSightings(value, path, types, sightings);
	}
	const values = new Set(sightings.map(({ value }) => value));
	const unplaced = further.filter(({ value }) => !values.has(value));
	const unique = new Map<string, Record<string, unknown>>();
	for (const { name, type, value } of [...sightings, ...unplaced]) {
		const [typeId, typeName] = TYPES[type];
		const key = `${typeId} ${value}`;
		if (!unique.has(key)) unique.set(key, { name, type: typeName, type_id: typeId, value });
	}
	return [...unique.values()];
}

/** The type of a text that names a user. */
export function getUserType(text: string): ObservableType {
	return isEmail(text) ? 'email' : 'userName';
}

function collectSightings(
	object: unknown,
	path: string,
	types: ReadonlyArray<readonly [string, ObservableType]>,
	sightings: Sighting[],
): void {
	if (!isJsonObject(object)) return;
	for (const [attribute, type] of types) {
		const value = object[attribute];
		const isKnown = typeof value === 'string' && value !== UNKNOWN;
		if (isKnown) sightings.push({ name: `${path}.${attribute}`, type, value });
	}
}

function getAt(document: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
	let value: unknown = document;
	for (const name of names) value = isJsonObject(value) ? value[name] : undefined;
	return value;
}
