import { foldFieldName, type JsonObject } from './json';

/**
 * The names under which a response has its list of records. `content` is the documented one for version
 * 1 of the Audit Log API, and likely for version 2. Other lists, such as `messages`, `errors` and
 * `links`, mean something else: an empty one is not an empty log.
 */
const LIST_FIELDS: ReadonlySet<string> = new Set(
	[
		...['content', 'records', 'items', 'events', 'entries', 'elements', 'rows', 'list', 'value'],
		...['values', 'data', 'results', 'result', 'hits', 'resources', 'logs', 'logEntries', 'audit'],
		...['audits', 'auditLog', 'auditLogs', 'auditEvents', 'auditRecords', 'auditEntries'],
		...['auditLogEntries', 'authenticationEvents', 'loginEvents', 'loginHistory', 'logins'],
		...['members', 'users'],
	].map(foldFieldName),
);

/** Whether a field of this name may have the list of records. Case and separators do not matter. */
export function isListField(name: string): boolean {
	return LIST_FIELDS.has(foldFieldName(name));
}

/**
 * The list of records in a response: the one under `content`, or the only one under another name. If
 * it is not clear which list it is, there is none.
 */
export function findRecordList(fields: JsonObject): readonly unknown[] | undefined {
	const { content, ...rest } = fields;
	const others = Object.entries(rest).flatMap(([name, value]) =>
		Array.isArray(value) && isListField(name) ? [value as unknown[]] : [],
	);
	if (Array.isArray(content)) {
		const isClear = content.length > 0 || others.every(({ length }) => length === 0);
		return isClear ? content : undefined;
	}
	const isMissing = content === undefined || content === null;
	return isMissing && others.length === 1 ? others[0] : undefined;
}
