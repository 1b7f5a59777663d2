import type { MemberDirectory } from './directory';

/** Who did it, as far as the record tells. */
export interface Actor {
	readonly id: string | null;
	readonly email: string | null;
	/** `user`: an e-mail is given; `system`: Celonis itself; `unknown`: a bare id, or nothing. */
	readonly type: 'user' | 'system' | 'unknown';
}

/** An actor, and what the list of members tells; where it does not know the actor: null, no groups. */
export interface EnrichedActor extends Actor {
	readonly name: string | null;
	readonly role: string | null;
	readonly groups: readonly string[];
}

/** The actor that an item shows: where the members of the team are given, with what they tell of it. */
export function enrichActor(actor: Actor, members?: MemberDirectory): Actor | EnrichedActor {
	if (!members) return actor;
	const { name = null, role = null, groups = [] } = members.find(actor) ?? {};
	return { ...actor, name, role, groups };
}
