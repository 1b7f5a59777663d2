import {
	buildOcsfEntity,
	buildOcsfTeamEndpoint,
	buildOcsfUser,
	OTHER,
	UNKNOWN,
} from '../../../output/ocsf';
import type { ObjectEntity, UserEntity } from '../../../output/entities';
import { isJsonObject } from '../../../records/json';
import { omitEmpty } from '../../../records/omitEmpty';
import { toText } from '../../../records/text';
import type { Details, Subject } from './details';
import type { OcsfClass } from './mapping';

type Attributes = Record<string, unknown>;

/** Builds the attributes of a class, besides those that all classes have. */
export function buildClassAttributes(
	ocsfClass: OcsfClass,
	details: Details,
	team: string,
): Attributes {
	return BUILDERS[ocsfClass](details, team);
}

const BUILDERS: Readonly<Record<OcsfClass, (details: Details, team: string) => Attributes>> = {
	accountChange: ({ subject, userChange }) => ({
		user: buildOcsfUser(userChange?.before ?? getUser(subject)),
		user_result: userChange && buildOcsfUser(userChange.after),
	}),
	userAccess: (details) => {
		const privileges = selectPrivileges(details);
		return {
			user: { ...buildOcsfUser(getUser(details.subject)), ...buildSubjectType(details.subject) },
			privileges: privileges.length > 0 ? privileges : [UNKNOWN],
			resources: details.objects.map(buildResource),
		};
	},
	groupManagement: (details) => {
		const { subject, member, objects, classification } = details;
		const isPermission = classification.ocsfClass === 'userAccess';
		return {
			group: buildOcsfEntity(subject?.type === 'group' ? subject.group : {}),
			user: member && buildOcsfUser(member),
			privileges: selectPrivileges(details),
			resource: isPermission && objects[0] ? buildResource(objects[0]) : undefined,
		};
	},
	entityManagement: buildEntities,
	apiActivity: ({ eventName, objects, serverPort }, team) => ({
		api: { operation: eventName || UNKNOWN, service: { name: 'Celonis' } },
		resources: objects.map(buildResource),
		dst_endpoint: buildOcsfTeamEndpoint(team, serverPort),
	}),
};

/** If permissions were both granted and revoked, the grant counts: it is what security teams watch. */
function selectPrivileges({ privileges }: Details): readonly string[] {
	return privileges.gained.length > 0 ? privileges.gained : privileges.lost;
}

/** The entity before and after the change, if the record has both. */
function buildEntities(details: Details): Attributes {
	const { classification, subject, objects, change } = details;
	const entity = {
		type: classification.object,
		type_id: OTHER,
		version: objects[0]?.version,
		user: subject?.type === 'user' ? buildOcsfUser(subject.user) : undefined,
	};
	const build = (value: unknown) =>
		omitEmpty({ ...buildOcsfEntity(findEntity(details, value)), ...entity, data: value });
	return {
		entity: build(change?.before),
		entity_result: change?.after === undefined ? undefined : build(change.after),
	};
}

/** The ID and the name of the entity. A name that was changed is in the change. */
function findEntity(
	{ object, classification, change }: Details,
	value: unknown,
): Pick<ObjectEntity, 'id' | 'name'> {
	const isRename = classification.action === 'Rename' && change?.before !== undefined;
	const changed = isJsonObject(value) ? toText(value.name) : isRename ? toText(value) : undefined;
	return classification.keys.isSetting ? object : { ...object, name: changed ?? object.name };
}

function buildResource({ id, name, type, version }: ObjectEntity): Attributes {
	return omitEmpty({ uid: id, name, type, version });
}

function getUser(subject: Subject | undefined): UserEntity {
	return subject && subject.type !== 'group' ? subject.user : {};
}

function buildSubjectType(subject: Subject | undefined): Attributes {
	return subject?.type === 'application' ? { type_id: 4, type: 'Service' } : {};
}
