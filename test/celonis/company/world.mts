import type { Random } from '../random.mts';
import type { Kind } from './assets.mts';
import type { Day } from './calendar.mts';
import type { Person } from './people.mts';

/** What is being worked on: a data pool, an analysis, a schedule … */
export interface Thing {
	readonly kind: Kind;
	readonly id: string;
	readonly key: string;
	name: string;
	readonly parent?: Thing;
	readonly createdDay: number;
	/** The last day on which somebody changed it: one person a day does. */
	touchedDay: number;
	/** How often it has been published. */
	version: number;
	/** Which of its settings it has now; see `messages.mts`. */
	setting: number;
	isOn: boolean;
	/** What an assignment grants. */
	permissions: readonly string[];
}

/** A group of members. */
export interface Group {
	readonly id: string;
	readonly name: string;
	readonly createdMs: number;
}

/** An OAuth client. */
export interface Application {
	readonly id: string;
	readonly name: string;
	readonly createdDay: number;
}

/** A key of a person, or an application key. */
export interface Key {
	readonly id: string;
	readonly name: string;
	readonly createdDay: number;
	/** Whose API key it is; an application key belongs to nobody. */
	readonly owner?: Person;
}

export type Subject = Person | Group | Application;

/** What a subject may do with an object. */
export interface Grant {
	readonly subject: Subject;
	readonly object: Thing;
	permissions: readonly string[];
	touchedDay: number;
}

/** Who did it: a member, an application, or Celonis itself. */
export type Actor = Person | Application | 'system';

/** An event of the audit log, before it is a record. */
export interface Draft {
	readonly ms: number;
	readonly actor: Actor;
	readonly event: string;
	readonly message?: Record<string, unknown>;
	readonly diff?: { oldValue: string; newValue: string };
}

/** An event of the Login History, before it is a record. */
export interface SignIn {
	readonly ms: number;
	readonly person: Person;
	readonly type: string;
}

/** Who works on a day, and when. */
export interface Presence {
	readonly person: Person;
	readonly startMs: number;
	readonly endMs: number;
	readonly isAtHome: boolean;
}

/** The state of the team at the end of a day. */
export interface World {
	/** Everybody who has ever been invited or will be. */
	readonly people: readonly Person[];
	readonly support: Person;
	readonly teamId: string;
	readonly groups: Map<string, Group>;
	readonly applications: Map<string, Application>;
	readonly things: Map<Kind, Thing[]>;
	grants: Grant[];
	readonly apiKeys: Key[];
	readonly applicationKeys: Key[];
	/** When a setting became effective; infinitely late before that. */
	readonly effectiveFrom: {
		addressLogging: number;
		singleSignOn: number;
		partnerSignOn: number;
		twoFactor: number;
		provisioning: number;
	};
}

/** A day in the making. */
export interface Today {
	readonly day: Day;
	readonly world: World;
	readonly random: Random;
	readonly presences: Presence[];
	readonly drafts: Draft[];
	readonly signIns: SignIn[];
	/** Runs when the day is over. */
	readonly later: Array<() => void>;
}

/** A world before its first day. */
export function createWorld(people: readonly Person[], support: Person, teamId: string): World {
	return {
		people,
		support,
		teamId,
		groups: new Map(),
		applications: new Map(),
		things: new Map(),
		grants: [],
		apiKeys: [],
		applicationKeys: [],
		effectiveFrom: {
			addressLogging: Infinity,
			singleSignOn: Infinity,
			partnerSignOn: Infinity,
			twoFactor: Infinity,
			provisioning: Infinity,
		},
	};
}

/** The things of a kind that exist now. */
export function getThings({ things }: Pick<World, 'things'>, kind: Kind): Thing[] {
	let list = things.get(kind);
	if (!list) things.set(kind, (list = []));
	return list;
}

/** The things of a kind that have existed since before today and that nobody has touched today. */
export function getFreeThings({ day, world }: Today, kind: Kind): Thing[] {
	return getThings(world, kind).filter(({ touchedDay }) => touchedDay < day.index);
}

/** A time between two others. */
export function drawBetween(random: Random, startMs: number, endMs: number): number {
	return Math.floor(startMs + random.fraction() * Math.max(0, endMs - startMs));
}
