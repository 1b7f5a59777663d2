import type { UserEntity } from '../../../output/entities';
import type { Actor } from '../../../records/actor';
import type { Details, Subject } from './details';

/** Whom an event is about, besides the actor. */
export type Target = Subject;

/** Whom an event is about. That of a change to a group is the user who was added or removed. */
export function getTarget({ classification, subject, member }: Details): Target | undefined {
	if (classification.ocsfClass !== 'groupManagement') return subject;
	return member && { type: 'user', user: member };
}

/** Whether a target is the actor itself. */
export function isActor(target: Target, actor: Actor): boolean {
	if (target.type === 'group') return false;
	const { id, email } = target.user;
	return isSame(email, actor.email) || isSame(id, actor.id);
}

/** A target in one text: an e-mail address, a name or an ID. */
export function getTargetText(target: Target): string | undefined {
	const { email, fullName, name, id }: UserEntity =
		target.type === 'group' ? target.group : target.user;
	return email ?? fullName ?? name ?? id;
}

function isSame(a: string | undefined, b: string | null): boolean {
	return a !== undefined && a.toLowerCase() === b?.toLowerCase();
}
