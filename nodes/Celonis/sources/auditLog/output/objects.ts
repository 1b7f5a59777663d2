import type { ObjectEntity } from '../../../output/entities';
import { getOwn, type JsonObject } from '../../../records/json';
import { toText } from '../../../records/text';
import type { EventClassification } from './classification';
import { getFirstText } from './message';

/** An object that `message` names, and the key of its ID. */
export interface NamedObject extends ObjectEntity {
	readonly idKey?: string;
}

interface ObjectKeys {
	readonly type: string;
	readonly ids: readonly string[];
	readonly names: readonly string[];
}

/** Keys of `message` that say by themselves what they name, from the large to the small. */
const OBJECT_KEYS: readonly ObjectKeys[] = [
	{ type: 'Team', ids: ['teamId'], names: ['teamName'] },
	{ type: 'Data Pool', ids: ['dataPoolId'], names: ['dataPoolName'] },
	{ type: 'Data Model', ids: ['dataModelId'], names: ['dataModelName'] },
	{ type: 'Data Job', ids: ['dataJobId'], names: ['dataJobName'] },
	{ type: 'Data Source', ids: ['dataSourceId'], names: ['dataSourceName'] },
	{ type: 'Table', ids: [], names: ['tableName'] },
	{ type: 'Studio Space', ids: ['spaceId'], names: ['spaceName'] },
	{ type: 'Studio Package', ids: ['packageKey'], names: [] },
	{ type: 'Studio Asset', ids: ['nodeId', 'nodeKey'], names: ['nodeName'] },
	{ type: 'Studio Variable', ids: ['variableKey'], names: [] },
	{ type: 'Analysis', ids: ['Analysis Id'], names: [] },
	{ type: 'OAuth Client', ids: ['clientId'], names: ['clientName'] },
	{ type: 'Application Key', ids: ['application-key-id'], names: [] },
];

/** The affected object: its ID and name, as far as `message` has them. */
export function parseObject(
	message: JsonObject,
	{ object, keys }: EventClassification,
): Pick<ObjectEntity, 'id' | 'name'> {
	if (keys.isSetting) return { name: object };
	return {
		id: getFirstText(message, keys.id ?? ['id']),
		name: getFirstText(message, keys.name ?? ['name']),
	};
}

/** All objects that `message` names: the affected one first, if it has an ID or a name. */
export function parseObjects(
	message: JsonObject,
	classification: EventClassification,
): readonly NamedObject[] {
	const affected = parseAffectedObject(message, classification);
	const others = OBJECT_KEYS.flatMap((keys) => parseObjectOfType(message, keys) ?? []);
	if (!affected) return others;
	return [affected, ...others.filter((other) => !isSameObject(other, affected))];
}

function parseAffectedObject(
	message: JsonObject,
	classification: EventClassification,
): NamedObject | undefined {
	const { keys, object, isDocumented } = classification;
	const { id, name } = parseObject(message, classification);
	if (id === undefined && name === undefined) return undefined;
	const idKey = findKey(message, keys.id ?? ['id']);
	const ownType = OBJECT_KEYS.find(({ ids }) => idKey !== undefined && ids.includes(idKey))?.type;
	// A permission is given on an object, whose type the record may have.
	const isPermission = classification.ocsfClass === 'userAccess';
	const type = isPermission ? (ownType ?? getFirstText(message, ['object_type'])) : object;
	return {
		type: isDocumented ? type : undefined,
		id,
		name,
		version: getFirstText(message, ['version']),
		idKey: keys.isSetting ? undefined : idKey,
	};
}

function parseObjectOfType(
	message: JsonObject,
	{ type, ids, names }: ObjectKeys,
): NamedObject | undefined {
	const id = getFirstText(message, ids);
	const name = getFirstText(message, names);
	if (id === undefined && name === undefined) return undefined;
	return { type, id, name, idKey: findKey(message, ids) };
}

function isSameObject(a: NamedObject, b: NamedObject): boolean {
	return a.id === undefined ? a.name === b.name : a.id === b.id;
}

function findKey(message: JsonObject, keys: readonly string[]): string | undefined {
	return keys.find((key) => toText(getOwn(message, key)) !== undefined);
}
