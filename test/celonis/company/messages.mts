import type { Kind } from './assets.mts';
import type { Shape } from './families.mts';
import type { Draft, Group, Subject, Thing } from './world.mts';

type Message = Record<string, unknown>;

/** The `message` about a thing: the keys that are known of such events. */
export const describeThing: Record<Shape, (thing: Thing) => Message> = {
	named: ({ id, name }) => ({ id, name }),
	space: ({ id, name }) => ({ spaceId: id, spaceName: name, name }),
	package: (thing) => ({
		packageKey: thing.key,
		name: thing.name,
		id: thing.id,
		version: formatVersion(thing),
		...(thing.parent ? { spaceId: thing.parent.id } : {}),
	}),
	node: (thing) => ({
		nodeName: thing.name,
		packageKey: findAncestor(thing, 'package')?.key ?? thing.key,
		nodeKey: thing.key,
		id: thing.id,
		nodeType: 'ASSET',
		nodeId: thing.id,
		assetType: getAssetType(thing),
	}),
	variable: (thing) => {
		const node = findAncestor(thing, 'node');
		return {
			packageKey: findAncestor(thing, 'package')?.key,
			variableKey: thing.name,
			...(node ? { nodeKey: node.key, nodeName: node.name } : {}),
		};
	},
	pool: (thing) =>
		thing.kind === 'pool'
			? describePool(thing)
			: { ...describePool(thing), id: thing.id, name: thing.name },
	source: (thing) => ({
		...describePool(thing),
		dataSourceId: thing.id,
		dataSourceName: thing.name,
	}),
	job: (thing) => ({ ...describePool(thing), ...describeJob(thing) }),
	task: (thing) => ({
		...describePool(thing),
		...(thing.parent ? describeJob(thing.parent) : {}),
		id: thing.id,
		name: thing.name,
	}),
	model: (thing) => ({ ...describePool(thing), ...describeModel(thing) }),
	table: (thing) => ({
		...describePool(thing),
		...describeModel(thing),
		tableName: thing.name,
	}),
	schedule: (thing) => ({ ...describePool(thing), id: thing.id, name: thing.name }),
	assignment: (thing) => ({ ...describePool(thing), ...describeModel(thing) }),
	taskMining: (thing) => ({
		id: thing.id,
		name: thing.name,
		...(thing.parent ? { projectName: thing.parent.name } : {}),
	}),
	teamCopy: ({ id, name, parent }) => ({
		id,
		name,
		...(parent ? { teamName: (parent.parent ?? parent).name } : { teamName: name }),
	}),
};

/** What can be set for things of a shape; the setting of a thing goes around. */
const settings: Partial<Record<Shape, readonly object[]>> = {
	pool: [{ tags: [] }, { tags: ['finance'] }, { tags: ['finance', 'reviewed'] }],
	source: [{ maxParallelTables: 2 }, { maxParallelTables: 4 }, { maxParallelTables: 8 }],
	job: [{ timeoutMinutes: 60 }, { timeoutMinutes: 90 }, { timeoutMinutes: 120 }],
	task: [
		{ statement: 'SELECT * FROM "INVOICES"' },
		{ statement: 'SELECT * FROM "INVOICES" WHERE "COMPANY" <> \'TEST\'' },
		{ statement: 'SELECT DISTINCT * FROM "INVOICES" WHERE "COMPANY" <> \'TEST\'' },
	],
	model: [{ loadType: 'FULL' }, { loadType: 'DELTA' }],
	table: [{ activityTable: false }, { activityTable: true }],
	schedule: [{ cron: '0 0 2 * * *' }, { cron: '0 30 1 * * *' }, { cron: '0 0 */4 * * *' }],
	node: [{ description: '' }, { description: 'Reviewed with the process owner' }],
	variable: [{ value: '30' }, { value: '45' }, { value: '60' }],
	space: [{ isRestricted: false }, { isRestricted: true }],
	package: [{ description: '' }, { description: 'Reviewed with the process owner' }],
	taskMining: [{ enabled: true }, { enabled: false }],
	teamCopy: [{ overwrite: false }, { overwrite: true }],
	named: [
		{ description: '' },
		{ description: 'Reviewed with the process owner' },
		{ description: 'Used in the monthly report' },
	],
};

/** Gives a thing its next setting, and returns what changed. */
export function changeSetting(thing: Thing, shape: Shape): Draft['diff'] {
	const values = settings[shape];
	if (!values) return undefined;
	const getText = () => JSON.stringify(values[thing.setting % values.length]);
	const oldValue = getText();
	thing.setting++;
	return { oldValue, newValue: getText() };
}

/** The nearest thing of a kind that a thing belongs to, itself included. */
export function findAncestor(thing: Thing, kind: Kind): Thing | undefined {
	let current: Thing | undefined = thing;
	while (current && current.kind !== kind) current = current.parent;
	return current;
}

/** The keys of `message` that say for whom a permission changes. */
function describeSubject(subject: Subject | Pick<Group, 'name'>): Message {
	if ('email' in subject) {
		return { subject_description: `${subject.name} (${subject.email})`, subject_type: 'USER' };
	}
	const subject_type = 'createdDay' in subject ? 'APPLICATION' : 'GROUP';
	return { subject_description: subject.name, subject_type };
}

/** The message of a change of permissions on an object. */
export function describePermissions(
	subject: Subject | Pick<Group, 'name'>,
	object: Thing,
	[old_permissions, new_permissions]: readonly [readonly string[], readonly string[]],
): Message {
	return {
		...describeSubject(subject),
		object_description: object.name,
		object_id: object.id,
		old_permissions,
		new_permissions,
	};
}

/** As in `1.4.0`. */
export function formatVersion({ version }: Thing): string {
	return `${1 + Math.floor(version / 10)}.${version % 10}.0`;
}

function describePool(thing: Thing): Message {
	const pool = findAncestor(thing, 'pool');
	return pool ? { dataPoolId: pool.id, dataPoolName: pool.name } : {};
}

function describeJob({ id, name }: Thing): Message {
	return { dataJobId: id, dataJobName: name };
}

function describeModel(thing: Thing): Message {
	const model = findAncestor(thing, 'model');
	return model ? { dataModelId: model.id, dataModelName: model.name } : {};
}

const assetTypes = ['ANALYSIS', 'BOARD', 'BOARD', 'SEMANTIC_MODEL'];

function getAssetType({ id, name }: Thing): string {
	if (/Knowledge Model|KPI/.test(name)) return 'SEMANTIC_MODEL';
	return assetTypes[parseInt(id.slice(0, 2), 16) % 3]!;
}
