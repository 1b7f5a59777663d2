import type { Random } from './random.mts';
import { drawDisplayName, drawText, drawSlug } from './texts.mts';

export type Message = Record<string, unknown> | string | null | undefined;

type Build = (random: Random) => Record<string, unknown>;

const createEmailMessage: Build = (random) => ({ email: address(random) });
const createNamedMessage: Build = (random) => ({
	id: random.uuid(),
	name: drawDisplayName(random),
});
const createOutcomeMessage: Build = (random) =>
	random.chance(0.7)
		? { status: 'SUCCESS' }
		: { status: 'FAILED', reason: drawText(random), max_errors_count: random.integer(1, 50) };
const createPoolMessage: Build = (random) => ({
	dataPoolId: random.uuid(),
	dataPoolName: drawDisplayName(random),
});

/**
 * The messages by group of events, with the keys and the mixed key styles that were seen in public.
 * The first group that matches an event's name applies.
 */
const groups: ReadonlyArray<[RegExp, Build]> = [
	[
		/^PERMISSIONS_UPDATE$|PERMISSION_ASSIGNMENT/,
		(random) => ({
			subject_description: address(random),
			subject_type: random.pick(['USER', 'GROUP', 'APPLICATION']),
			object_description: drawDisplayName(random),
			object_id: random.uuid(),
			old_permissions: random.pick([[], ['READ'], ['READ', 'USE']]),
			new_permissions: random.pick([[], ['READ', 'WRITE'], ['ADMIN', 'READ', 'WRITE']]),
		}),
	],
	[
		/INVITED|MEMBERSHIP_CREATED|WITH_NO_CONFIRMATION/,
		(random) => ({ sender: address(random), invitee: address(random) }),
	],
	[
		/^USER_(JOIN|LEFT)_GROUP/,
		(random) => ({ userEmail: address(random), ...createNamedMessage(random) }),
	],
	[
		/^APPLICATION_KEY_/,
		(random) => ({ 'application-key-id': random.uuid(), name: drawSlug(random) }),
	],
	[
		/^OAUTH_CLIENT_/,
		(random) => ({ clientId: random.uuid(), clientName: drawDisplayName(random) }),
	],
	[
		/^SSO_|^SCIM_|^TWO_FACTOR/,
		(random) => ({ ...createNamedMessage(random), ...createOutcomeMessage(random) }),
	],
	[/^TEAM_TO_TEAM_COPY_/, (random) => ({ ...createNamedMessage(random), teamId: random.uuid() })],
	[/MEMBERSHIP|^USER_/, (random) => ({ ...createEmailMessage(random), id: random.uuid() })],
	[/^TEAM_/, (random) => ({ teamId: random.uuid(), name: drawDisplayName(random) })],
	[
		/^STUDIO_NODE_|^PROCESS_WORKSPACE_NODE/,
		(random) => ({
			nodeName: drawDisplayName(random),
			packageKey: drawSlug(random),
			nodeKey: drawSlug(random),
			id: random.uuid(),
			nodeType: random.pick(['ASSET', 'FOLDER']),
			nodeId: random.uuid(),
			assetType: random.pick(['BOARD', 'ANALYSIS', 'SEMANTIC_MODEL']),
		}),
	],
	[
		/VARIABLE/,
		(random) => ({
			packageKey: drawSlug(random),
			variableKey: drawSlug(random),
			nodeKey: drawSlug(random),
		}),
	],
	[
		/PACKAGE/,
		(random) => ({
			packageKey: drawSlug(random),
			name: drawDisplayName(random),
			version: `${random.integer(0, 9)}.${random.integer(0, 20)}.0`,
			spaceId: random.uuid(),
		}),
	],
	[/^STUDIO_SPACE_/, (random) => ({ spaceId: random.uuid(), name: drawDisplayName(random) })],
	[
		/^ANALYSIS_EXPORT/,
		(random) => ({ 'Analysis Id': random.uuid(), tableName: '_CEL_O2C_ACTIVITIES' }),
	],
	[
		/^DATA_MODEL_/,
		(random) => ({
			...createPoolMessage(random),
			dataModelId: random.uuid(),
			...(random.chance(0.4) ? { tableName: `T_${random.hex(4).toUpperCase()}` } : {}),
		}),
	],
	[
		/^DATA_JOB_|^JOB_|^TASK_(?!MINING)|^TRANSFORMATION_|EXTRACTION|SCHEDULING/,
		(random) => ({
			...createPoolMessage(random),
			dataJobId: random.uuid(),
			...createOutcomeMessage(random),
		}),
	],
	[/^DATA_|^FILE_|^PARAMETER_/, createPoolMessage],
	[
		/CREATED|UPDATED|ENABLED|EXECUTED/,
		(random) => ({ ...createNamedMessage(random), ...createOutcomeMessage(random) }),
	],
	[/./, createNamedMessage],
];

/** The `message` of an event: mostly an object, sometimes a text, null or missing. */
export function createMessage(event: string, random: Random): Message {
	const form = random.fraction();
	if (/CSV_DOWNLOADED$/.test(event)) return form < 0.5 ? null : undefined;
	if (form < 0.06) return null;
	if (form < 0.12) return undefined;
	if (form < 0.17) return drawText(random);
	const build = groups.find(([names]) => names.test(event))?.[1] ?? createNamedMessage;
	return build(random);
}

export interface Diff {
	oldValue: string;
	newValue: string;
}

/** What a change replaced: plain texts or JSON as text; null or missing for most events. */
export function createDiff(event: string, random: Random): Diff | null | undefined {
	if (!/UPDATE|CHANGED|RENAMED|TOGGLED/.test(event) || random.chance(0.3)) {
		return random.chance(0.7) ? null : undefined;
	}
	if (random.chance(0.5)) return { oldValue: drawDisplayName(random), newValue: drawText(random) };
	return {
		oldValue: JSON.stringify({ name: drawDisplayName(random), enabled: false }),
		newValue: JSON.stringify({ name: drawDisplayName(random), enabled: true }, null, 2),
	};
}

function address(random: Random): string {
	return `${random.pick(['ada', 'grace', 'new.colleague', 'external+audit'])}@example.com`;
}
