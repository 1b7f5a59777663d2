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

/** Where a document may have observables: the path of an object, and the types of its attributes. */
const OBSERVED: ReadonlyArray<readonly [string, Readonly<Record<string, ObservableType>>]> = [
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
];

/**
 * Builds the observables of a document: its users, groups, resources, hosts and addresses, and what
 * was seen in fields that have no place in the class. Each value is listed once with each type; those
 * without a place are only listed if no attribute has them.
 */
export function buildObservables(
	document: Readonly<Record<string, unknown>>,
	further: readonly Sighting[] = [],
): Array<Record<string, unknown>> {
	const sightings = OBSERVED.flatMap(([path, types]) => {
		const value = getAt(document, path);
		if (Array.isArray(value)) {
			return value.flatMap((element, i) => findSightings(element, `${path}[${i}]`, types));
		}
		return findSightings(value, path, types);
	});
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

function findSightings(
	object: unknown,
	path: string,
	types: Readonly<Record<string, ObservableType>>,
): Sighting[] {
	if (!isJsonObject(object)) return [];
	return Object.entries(types).flatMap(([attribute, type]) => {
		const value = object[attribute];
		const isKnown = typeof value === 'string' && value !== UNKNOWN;
		return isKnown ? [{ name: `${path}.${attribute}`, type, value }] : [];
	});
}

function getAt(document: Readonly<Record<string, unknown>>, path: string): unknown {
	let value: unknown = document;
	for (const name of path.split('.')) value = isJsonObject(value) ? value[name] : undefined;
	return value;
}
