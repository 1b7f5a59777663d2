import type { Actor } from '../../members/enrichActor';
import type { Outcome } from '../../output/person';
import { textOf, type LogRecord } from '../../records/record';
import { loginTypeOf, type LoginType } from './types';

/** What a record of the login history tells. */
export interface Login {
	/** Celonis' name for what happened; `''` where the record has none. */
	readonly typeName: string;
	readonly type?: LoginType;
	readonly actor: Actor;
	readonly outcome: Outcome;
	/** In one line: what, and by whom. */
	readonly summary: string;
}

/** Reads a record; whatever is missing or of another kind than expected is left out. */
export function loginOf(record: Pick<LogRecord, 'raw'>): Login {
	const typeName = textOf(record, 'authenticationEventType') ?? '';
	const type = loginTypeOf(typeName);
	const actor = actorIn(record);
	return {
		typeName,
		type,
		actor,
		outcome: outcomeOf(record.raw.success, type),
		summary: `${typeName || 'Unnamed event'} by ${actor.email ?? 'somebody unknown'}`,
	};
}

/** Who it was: the record has an e-mail and no id. */
export function actorIn(record: Pick<LogRecord, 'raw'>): Actor {
	const email = textOf(record, 'email');
	return { id: null, email: email ?? null, type: email === undefined ? 'unknown' : 'user' };
}

/** What `success` says; where it says nothing, a type that is a refusal does. */
function outcomeOf(success: unknown, type: LoginType | undefined): Outcome {
	const said = typeof success === 'string' ? success.trim().toLowerCase() : success;
	if (said === true || said === 'true') return 'success';
	if (said === false || said === 'false') return 'failure';
	return type?.refusal === undefined ? 'unknown' : 'failure';
}
