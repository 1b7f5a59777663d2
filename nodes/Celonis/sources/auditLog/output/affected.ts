import type { JsonObject } from '../../../records/json';
import { getText, type LogRecord } from '../../../records/record';
import { classifyEvent } from './classification';
import { parsePrivileges, parseSubject, type Details } from './details';
import { getActor } from './enrichment';
import { toJsonObject } from './jsonText';
import { parseObject } from './objects';
import { parseOutcome, parseStatus } from './outcome';
import { parseAffectedUser } from './users';

/*
 * The parts of `Details` that filters need: to parse everything takes several times as long as to parse
 * the JSON of a record.
 */

/** The fields of `message`; none if it is not an object. */
export function parseMessage({ raw }: Pick<LogRecord, 'raw'>): JsonObject {
	return toJsonObject(raw.message) ?? {};
}

/** Whom and what an event is about. */
export type Affected = Pick<Details, 'classification' | 'subject' | 'member' | 'object'>;

/** The part of the details that says whom and what an event is about, as `parseDetails` parses it. */
export function parseAffected(record: LogRecord, message: JsonObject): Affected {
	const classification = classifyEvent(getText(record, 'event') ?? '');
	return {
		classification,
		subject: parseSubject(message, classification, getActor(record)),
		member: classification.ocsfClass === 'groupManagement' ? parseAffectedUser(message) : undefined,
		object: parseObject(message, classification),
	};
}

/** The permissions that were granted, as `parsePrivileges` parses them; none if the change failed. */
export function parseGranted(record: LogRecord, message: JsonObject): readonly string[] {
	if (message.new_permissions === undefined) return [];
	const eventName = getText(record, 'event') ?? '';
	const classification = classifyEvent(eventName);
	const status = parseStatus(record.raw.message, classification);
	const hasFailed = parseOutcome(eventName, classification, status) === 'failure';
	return hasFailed ? [] : parsePrivileges(message).gained;
}
