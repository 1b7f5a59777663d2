import type { Random } from './random.mts';
import { displayName, freeText, slug } from './words.mts';

export type Message = Record<string, unknown> | string | null | undefined;

type Build = (random: Random) => Record<string, unknown>;

const email: Build = (random) => ({ email: address(random) });
const named: Build = (random) => ({ id: random.uuid(), name: displayName(random) });
const outcome: Build = (random) =>
	random.chance(0.7)
		? { status: 'SUCCESS' }
		: { status: 'FAILED', reason: freeText(random), max_errors_count: random.integer(1, 50) };
const pool: Build = (random) => ({
	dataPoolId: random.uuid(),
	dataPoolName: displayName(random),
});

/**
 * What a family of events tells, with the keys and the mixed key styles that were seen in public.
 * The first family that matches an event's name counts.
 */
const families: ReadonlyArray<[RegExp, Build]> = [
	[
		/^PERMISSIONS_UPDATE$|PERMISSION_ASSIGNMENT/,
		(random) => ({
			subject_description: address(random),
			subject_type: random.pick(['USER', 'GROUP', 'APPLICATION']),
			object_description: displayName(random),
			object_id: random.uuid(),
			old_permissions: random.pick([[], ['READ'], ['READ', 'USE']]),
			new_permissions: random.pick([[], ['READ', 'WRITE'], ['ADMIN', 'READ', 'WRITE']]),
		}),
	],
	[
		/INVITED|MEMBERSHIP_CREATED|WITH_NO_CONFIRMATION/,
		(random) => ({ sender: address(random), invitee: address(random) }),
	],
	[/^USER_(JOIN|LEFT)_GROUP/, (random) => ({ userEmail: address(random), ...named(random) })],
	[/^APPLICATION_KEY_/, (random) => ({ 'application-key-id': random.uuid(), name: slug(random) })],
	[/^OAUTH_CLIENT_/, (random) => ({ clientId: random.uuid(), clientName: displayName(random) })],
	[/^SSO_|^SCIM_|^TWO_FACTOR/, (random) => ({ ...named(random), ...outcome(random) })],
	[/^TEAM_TO_TEAM_COPY_/, (random) => ({ ...named(random), teamId: random.uuid() })],
	[/MEMBERSHIP|^USER_/, (random) => ({ ...email(random), id: random.uuid() })],
	[/^TEAM_/, (random) => ({ teamId: random.uuid(), name: displayName(random) })],
	[
		/^STUDIO_NODE_|^PROCESS_WORKSPACE_NODE/,
		(random) => ({
			nodeName: displayName(random),
			packageKey: slug(random),
			nodeKey: slug(random),
			id: random.uuid(),
			nodeType: random.pick(['ASSET', 'FOLDER']),
			nodeId: random.uuid(),
			assetType: random.pick(['BOARD', 'ANALYSIS', 'SEMANTIC_MODEL']),
		}),
	],
	[
		/VARIABLE/,
		(random) => ({ packageKey: slug(random), variableKey: slug(random), nodeKey: slug(random) }),
	],
	[
		/PACKAGE/,
		(random) => ({
			packageKey: slug(random),
			name: displayName(random),
			version: `${random.integer(0, 9)}.${random.integer(0, 20)}.0`,
			spaceId: random.uuid(),
		}),
	],
	[/^STUDIO_SPACE_/, (random) => ({ spaceId: random.uuid(), name: displayName(random) })],
	[
		/^ANALYSIS_EXPORT/,
		(random) => ({ 'Analysis Id': random.uuid(), tableName: '_CEL_O2C_ACTIVITIES' }),
	],
	[
		/^DATA_MODEL_/,
		(random) => ({
			...pool(random),
			dataModelId: random.uuid(),
			...(random.chance(0.4) ? { tableName: `T_${random.hex(4).toUpperCase()}` } : {}),
		}),
	],
	[
		/^DATA_JOB_|^JOB_|^TASK_(?!MINING)|^TRANSFORMATION_|EXTRACTION|SCHEDULING/,
		(random) => ({ ...pool(random), dataJobId: random.uuid(), ...outcome(random) }),
	],
	[/^DATA_|^FILE_|^PARAMETER_/, pool],
	[/CREATED|UPDATED|ENABLED|EXECUTED/, (random) => ({ ...named(random), ...outcome(random) })],
	[/./, named],
];

/** The `message` of an event: mostly an object, at times a text, null, or not there at all. */
export function messageFor(event: string, random: Random): Message {
	const form = random.fraction();
	if (/CSV_DOWNLOADED$/.test(event)) return form < 0.5 ? null : undefined;
	if (form < 0.06) return null;
	if (form < 0.12) return undefined;
	if (form < 0.17) return freeText(random);
	const build = families.find(([names]) => names.test(event))?.[1] ?? named;
	return build(random);
}

export interface Diff {
	oldValue: string;
	newValue: string;
}

/** What a change replaced: plain texts or JSON as text; null or missing for most events. */
export function diffFor(event: string, random: Random): Diff | null | undefined {
	if (!/UPDATE|CHANGED|RENAMED|TOGGLED/.test(event) || random.chance(0.3)) {
		return random.chance(0.7) ? null : undefined;
	}
	if (random.chance(0.5)) return { oldValue: displayName(random), newValue: freeText(random) };
	return {
		oldValue: JSON.stringify({ name: displayName(random), enabled: false }),
		newValue: JSON.stringify({ name: displayName(random), enabled: true }, null, 2),
	};
}

function address(random: Random): string {
	return `${random.pick(['ada', 'grace', 'new.colleague', 'external+audit'])}@example.com`;
}
