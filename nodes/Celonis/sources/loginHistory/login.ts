import type { Actor } from '../../members/enrichActor';
import type { Outcome } from '../../output/person';
import { getText, type LogRecord } from '../../records/record';
import { getLoginType, type LoginType } from './types';

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
export function parseLogin(record: Pick<LogRecord, 'raw'>): Login {
	const typeName = getText(record, 'authenticationEventType') ?? '';
	const type = getLoginType(typeName);
	const actor = getActor(record);
	return {
		typeName,
		type,
		actor,
		outcome: outcomeOf(record.raw.success, type),
		summary: `${typeName || 'Unnamed event'} by ${actor.email ?? 'somebody unknown'}`,
	};
}

/** Who it was: the record has an e-mail and no id. */
export function getActor(record: Pick<LogRecord, 'raw'>): Actor {
	const email = getText(record, 'email');
	return { id: null, email: email ?? null, type: email === undefined ? 'unknown' : 'user' };
}

/** What `success` says; where it says nothing, a type that is a refusal does. */
function outcomeOf(success: unknown, type: LoginType | undefined): Outcome {
	const said = typeof success === 'string' ? success.trim().toLowerCase() : success;
	if (said === true || said === 'true') return 'success';
	if (said === false || said === 'false') return 'failure';
	return type?.refusal === undefined ? 'unknown' : 'failure';
}
