import type { Outcome } from '../../output/entities';
import type { Severity } from '../../output/severity';
import type { Actor } from '../../records/actor';
import { getText, type LogRecord } from '../../records/record';
import { getLoginType, type LoginType } from './loginTypes';
import { getLoginSeverity } from './severity';

/** A parsed record of the login history. */
export interface Login {
	/** Name of the type in Celonis; `''` if the record has none. */
	readonly typeName: string;
	readonly type?: LoginType;
	readonly actor: Actor;
	readonly outcome: Outcome;
	readonly severity: Severity;
}

/** Parses a record. Fields that are missing or of another type are left out. */
export function parseLogin(record: Pick<LogRecord, 'raw'>): Login {
	const typeName = getText(record, 'authenticationEventType') ?? '';
	const type = getLoginType(typeName);
	const actor = getActor(record);
	const outcome = parseOutcome(record.raw.success, type);
	return {
		typeName,
		type,
		actor,
		outcome,
		severity: getLoginSeverity(type, outcome),
	};
}

/** The record has an e-mail address and no ID. */
function getActor(record: Pick<LogRecord, 'raw'>): Actor {
	const email = getText(record, 'email');
	return { id: null, email: email ?? null, type: email === undefined ? 'unknown' : 'user' };
}

/** If `success` is not a boolean, a type that stands for a failure decides. */
function parseOutcome(success: unknown, type: LoginType | undefined): Outcome {
	const normalized = typeof success === 'string' ? success.trim().toLowerCase() : success;
	if (normalized === true || normalized === 'true') return 'success';
	if (normalized === false || normalized === 'false') return 'failure';
	return type?.failureReason === undefined ? 'unknown' : 'failure';
}
