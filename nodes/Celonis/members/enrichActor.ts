import type { Actor } from '../records/actor';
import type { MemberDirectory } from './directory';

/** An actor with the details of its member; null and no groups if the actor is not a member. */
export interface EnrichedActor extends Actor {
	readonly name: string | null;
	readonly role: string | null;
	readonly groups: readonly string[];
}

/** Adds the details of its member to an actor; without a directory the actor is returned as it is. */
export function enrichActor(actor: Actor, members?: MemberDirectory): Actor | EnrichedActor {
	if (!members) return actor;
	const { name = null, role = null, groups = [] } = members.find(actor) ?? {};
	return { ...actor, name, role, groups };
}
