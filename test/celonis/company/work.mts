import type { Random } from '../random.mts';
import { assetNames } from './assets.mts';
import type { Family } from './families.mts';
import { families, getFamily } from './families.mts';
import { changeSetting, describePermissions, describeThing } from './messages.mts';
import type { Profession } from './names.mts';
import type { Draft, Grant, Presence, Thing, Today, World } from './world.mts';
import { drawBetween, getFreeThings, getThings } from './world.mts';

const MINUTE_MS = 60_000;
/** Nobody starts something new right before going home. */
const LAST_START_MS = 25 * MINUTE_MS;

/** How often on average somebody works on something in a day. */
const sessionsADay: Record<Profession, number> = {
	admin: 0.15,
	engineer: 1.25,
	analyst: 0.85,
	automator: 0.75,
	scientist: 0.7,
	business: 0.1,
	auditor: 0,
};

/** What people build, change and delete on a day. */
export function doWork(today: Today): void {
	for (const presence of [...today.presences]) {
		const mean = sessionsADay[presence.person.department.profession];
		for (let count = drawCount(today.random, mean); count > 0; count--) work(today, presence);
	}
}

function work(today: Today, { person, startMs, endMs }: Presence): void {
	const { random, drafts } = today;
	let ms = drawBetween(random, startMs + 3 * MINUTE_MS, endMs - LAST_START_MS);
	const family = drawFamily(random, person.department.profession);
	for (const step of drawSession(today, family)) {
		if (ms >= endMs) break;
		drafts.push({ ms, actor: person, ...step() });
		ms += random.integer(20_000, 8 * MINUTE_MS);
	}
}

/** One event of a session; it changes the thing when it happens. */
type Step = () => Omit<Draft, 'ms' | 'actor'>;

/** What somebody does with one thing in a row. */
function drawSession(today: Today, family: Family): Step[] {
	const { random, world } = today;
	const things = getThings(world, family.kind);
	if (random.chance(getCreationShare(family, things.length))) return createThing(today, family);
	const free = getFreeThings(today, family.kind);
	if (free.length === 0) return [];
	const thing = random.pick(free);
	thing.touchedDay = today.day.index;
	if (family.remove && mayRemove(today, family, thing)) return removeThing(today, family, thing);
	return drawChanges(random, family, thing);
}

/** The fewer there are, the likelier it is that somebody creates one instead of changing one. */
function getCreationShare({ remove, usual }: Family, count: number): number {
	if (count === 0) return 1;
	if (count < usual) return 0.5;
	return remove && count < usual * 1.25 ? 0.1 : 0;
}

function createThing(today: Today, family: Family): Step[] {
	const { day, random, world } = today;
	let parent: Thing | undefined;
	if (family.parent) {
		const parents = getFreeThings(today, family.parent);
		if (parents.length === 0) {
			const isFirst = getThings(world, family.parent).length === 0;
			return isFirst && family.by !== 'business'
				? createThing(today, getFamily(family.parent))
				: [];
		}
		parent = random.pick(parents);
		parent.touchedDay = day.index;
	}
	const name = drawName(today, family);
	if (name === undefined) return [];
	const thing = addThing(today, family, name, parent);
	if (family.shape === 'assignment')
		return [() => describeAssignment(family.create, thing, ['READ'])];
	return [
		() => ({ event: family.create, message: describeThing[family.shape](thing) }),
		...(random.chance(0.6) ? drawChanges(random, family, thing) : []),
	];
}

function addThing(today: Today, family: Family, name: string, parent?: Thing): Thing {
	const { day, random, world } = today;
	const thing: Thing = {
		kind: family.kind,
		id: random.uuid(),
		key: `${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${random.hex(4)}`,
		name,
		parent,
		createdDay: day.index,
		touchedDay: day.index,
		version: 0,
		setting: 0,
		isOn: true,
		permissions: [],
	};
	getThings(world, family.kind).push(thing);
	return thing;
}

/** A name that is free, with a number if all are taken; a group has one assignment at most. */
function drawName({ random, world }: Today, { kind }: Family): string | undefined {
	const names: readonly string[] = assetNames[kind];
	const taken = new Set(getThings(world, kind).map(({ name }) => name));
	const free = names.filter((name) => !taken.has(name));
	if (free.length > 0) return random.pick(free);
	if (kind === 'assignment') return undefined;
	const name = random.pick(names);
	let number = 2;
	while (taken.has(`${name} ${number}`)) number++;
	return `${name} ${number}`;
}

/** Old things go one by one, if there are enough of them and nothing belongs to them. */
function mayRemove({ day, random, world }: Today, family: Family, thing: Thing): boolean {
	if (getThings(world, family.kind).length < Math.max(2, family.usual * 0.8)) return false;
	if (thing.createdDay > day.index - 20 || !random.chance(0.12)) return false;
	return ![...world.things.values()].some((list) => list.some(({ parent }) => parent === thing));
}

/** Removes a thing for good, or for a moment. Nobody keeps a permission for what is gone. */
function removeThing(today: Today, family: Family, thing: Thing): Step[] {
	const { later, random, world } = today;
	const message = describeThing[family.shape](thing);
	const event = family.remove!;
	const forget = () => {
		const list = getThings(world, thing.kind);
		list.splice(list.indexOf(thing), 1);
	};
	if (family.shape === 'assignment') {
		return [
			() => {
				later.push(forget); // its group gets no other one on the same day
				return describeAssignment(event, thing, []);
			},
		];
	}
	if (family.restore && random.chance(0.3)) {
		return [() => ({ event, message }), () => ({ event: family.restore!, message })];
	}
	const remove = () => {
		forget();
		return { event, message };
	};
	const revocations = world.grants
		.filter(({ object }) => object === thing)
		.map(
			(grant): Step =>
				() =>
					revoke(world, grant),
		);
	if (event === 'STUDIO_PACKAGE_MOVED_TO_TRASH' && random.chance(0.5)) {
		const move = () => ({ ...remove(), event: 'PACKAGE_MOVED_TO_TRASH' });
		return [...revocations, move, () => ({ event: 'STUDIO_PACKAGE_DELETED', message })];
	}
	return [...revocations, remove];
}

function revoke(world: World, grant: Grant): ReturnType<Step> {
	world.grants = world.grants.filter((other) => other !== grant);
	const change = [grant.permissions, []] as const;
	const message = describePermissions(grant.subject, grant.object, change);
	return { event: 'PERMISSIONS_UPDATE', message };
}

function drawChanges(random: Random, family: Family, thing: Thing): Step[] {
	const steps: Step[] = [];
	const count = 1 + Math.floor(random.fraction() ** 2 * 6);
	while (steps.length < count) {
		const step = drawChange(random, family, thing);
		if (!step) break;
		steps.push(step);
	}
	return steps;
}

function drawChange(random: Random, family: Family, thing: Thing): Step | undefined {
	const { change, copy, rename, shape, toggle, use } = family;
	const describe = describeThing[shape];
	const choices: Array<[number, Step]> = [];
	if (change) {
		const event = random.pick(change);
		choices.push([6, () => changeThing(event, thing, family)]);
	}
	if (use) {
		const event = random.pick(use);
		choices.push([5, () => useThing(event, thing, family)]);
	}
	if (toggle) choices.push([1.2, () => toggleThing(toggle, thing, family)]);
	if (rename) {
		const suffix = random.pick(['', ' (new)', ' (reviewed)', ' (all plants)']);
		choices.push([0.7, () => renameThing(rename, thing, suffix, family)]);
	}
	if (copy) {
		const event = random.pick(copy);
		choices.push([0.5, () => ({ event, message: describe(thing) })]);
	}
	return choices.length > 0 ? pickWeighted(random, choices) : undefined;
}

function changeThing(event: string, thing: Thing, { shape }: Family): Omit<Draft, 'ms' | 'actor'> {
	if (shape === 'assignment') {
		return describeAssignment(
			event,
			thing,
			thing.permissions.length > 1 ? ['READ'] : ['READ', 'WRITE'],
		);
	}
	const message = describeThing[shape](thing);
	return { event, message, diff: changeSetting(thing, shape) };
}

/** A use of a thing; publishing a package gives it a new version. */
export function useThing(
	event: string,
	thing: Thing,
	{ shape }: Family,
): Omit<Draft, 'ms' | 'actor'> {
	if (event === 'STUDIO_PACKAGE_PUBLISHED') thing.version++;
	const message = describeThing[shape](thing);
	return { event, message: /EXECUTED$/.test(event) ? { ...message, status: 'SUCCESS' } : message };
}

function toggleThing(
	[on, off]: readonly [string, string],
	thing: Thing,
	{ shape }: Family,
): Omit<Draft, 'ms' | 'actor'> {
	thing.isOn = !thing.isOn;
	return { event: thing.isOn ? on : off, message: describeThing[shape](thing) };
}

function renameThing(
	event: string,
	thing: Thing,
	suffix: string,
	{ shape }: Family,
): Omit<Draft, 'ms' | 'actor'> {
	const oldValue = thing.name;
	const base = oldValue.replace(/ \(.*/, '');
	const [newValue = base] = [base + suffix, base, `${base} (draft)`].filter(
		(it) => it !== oldValue,
	);
	thing.name = newValue;
	return { event, message: describeThing[shape](thing), diff: { oldValue, newValue } };
}

/** A data model is opened or closed to a group: an assignment is called like its group. */
function describeAssignment(
	event: string,
	assignment: Thing,
	permissions: readonly string[],
): Omit<Draft, 'ms' | 'actor'> {
	const group = { name: assignment.name };
	const change = [assignment.permissions, permissions] as const;
	assignment.permissions = permissions;
	const message = {
		...describeThing.assignment(assignment),
		...describePermissions(group, assignment.parent!, change),
	};
	return { event, message };
}

function drawFamily(random: Random, profession: Profession): Family {
	const own = families.filter(({ by }) => by === profession);
	return pickWeighted(
		random,
		own.map((family) => [family.weight, family]),
	);
}

/** Picks one of several choices, each as often as its weight says. */
export function pickWeighted<T>(random: Random, choices: ReadonlyArray<readonly [number, T]>): T {
	let place = random.fraction() * choices.reduce((sum, [weight]) => sum + weight, 0);
	for (const [weight, choice] of choices) {
		place -= weight;
		if (place < 0) return choice;
	}
	return choices.at(-1)![1];
}

/** A whole number with this mean: 1.3 is 1 or 2. */
export function drawCount(random: Random, mean: number): number {
	return Math.floor(mean) + (random.chance(mean % 1) ? 1 : 0);
}
