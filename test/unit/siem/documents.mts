import {
	CATEGORIES,
	EVENT_NAMES,
	getCategory,
} from '../../../nodes/Celonis/sources/auditLog/catalogue';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog';
import { loginHistory } from '../../../nodes/Celonis/sources/loginHistory';
import { LOGIN_TYPE_NAMES } from '../../../nodes/Celonis/sources/loginHistory/loginTypes';
import type { Source } from '../../../nodes/Celonis/sources/source';
import type { OutputFormat } from '../../../nodes/Celonis/output/items';
import { parseRecord } from '../../../nodes/Celonis/records/record';
import { assignEventIds, type LogEvent } from '../../../nodes/Celonis/records/eventId';
import { createEvent } from '../../support/events.mts';
import { baseRecord, quirks } from '../sources/auditLog/output/quirks.mts';

/** A document with the name of what it was made from. */
export type NamedDocument = readonly [name: string, document: Record<string, unknown>];

const TEAM = 'acme.eu-1.celonis.cloud';

/** Texts that are longer than the limits of stores, and keys with a meaning for them. */
const storeQuirks: typeof quirks = [
	['long texts', createLongTexts()],
	['a deep difference', { diffPayload: nest(100) }],
	['ever new keys', { message: createKeys(300), diffPayload: createKeys(300) }],
	['keys with dots and blanks', { message: { 'a.b': 1, '': 2, ' ': 3, '.': 4 }, 'x.y': {}, '': 1 }],
	['fields that are texts elsewhere', { object: 'o', privileges: 'p', actor: 'a', category: {} }],
	['fields that are objects elsewhere', { object: { name: {} }, privileges: { gained: {} } }],
	['names that ECS maps', { ip: 'x', end: 'never', location: 'here', usage: 'much', created: {} }],
	['a list of objects', { userRole: [{ a: 1 }, 'b'], timestamp: '1969-12-31T23:59:59.999999Z' }],
	['a distant time', { timestamp: '9998-12-31T23:59:59Z' }],
];

const names = [...EVENT_NAMES, 'DATA_POOL_TELEPORTED'];
const oneNameOfEachCategory = CATEGORIES.map((category) =>
	EVENT_NAMES.find((name) => getCategory(name) === category),
);

const logins = [
	...LOGIN_TYPE_NAMES.map((authenticationEventType) => ({
		authenticationEventType,
		success: true,
	})),
	{ authenticationEventType: 'INVALID_2FA_TOKEN', success: 'false', email: { id: 1 } },
	{ authenticationEventType: 7, success: 'maybe', email: undefined, object: 'x', '': 'blank' },
	{ authenticationEventType: 'x'.repeat(40_000), email: 'y'.repeat(40_000) },
];

/**
 * Audit events in a format: every `step`-th of all pairs of a documented event and a quirk, and one event
 * of each category with the quirks that are hard on stores. With the default, every event and every quirk
 * occurs several times.
 */
export function* createAuditDocuments(format: OutputFormat, step = 11): Generator<NamedDocument> {
	const draw = (event: unknown, [quirk, changes]: (typeof quirks)[number]): NamedDocument => {
		const raw = { ...baseRecord, event, ...changes };
		return [`${event} with ${quirk}`, formatAs(format, auditLog, createEvent(auditLog, raw))];
	};
	for (let pair = 0; pair < names.length * quirks.length; pair += step) {
		yield draw(names[Math.floor(pair / quirks.length)], quirks[pair % quirks.length]!);
	}
	for (const event of oneNameOfEachCategory) {
		for (const quirk of storeQuirks) yield draw(event, quirk);
	}
	for (const [name, event] of createUnreadable(auditLog)) {
		yield [name, formatAs(format, auditLog, event)];
	}
}

/** Login events of all kinds, in a format. */
export function* createLoginDocuments(format: OutputFormat): Generator<NamedDocument> {
	for (const login of logins) {
		const raw = { timestamp: baseRecord.timestamp, email: 'ada@example.com', ...login };
		const name = String(login.authenticationEventType).slice(0, 40);
		yield [name, formatAs(format, loginHistory, createEvent(loginHistory, raw))];
	}
	for (const [name, event] of createUnreadable(loginHistory)) {
		yield [name, formatAs(format, loginHistory, event)];
	}
}

function formatAs(format: OutputFormat, source: Source, event: LogEvent) {
	return JSON.parse(JSON.stringify(source.formatters[format](event))) as Record<string, unknown>;
}

/** Events of records that cannot be read. */
function createUnreadable(source: Source): Array<readonly [string, LogEvent]> {
	return ['text', { timestamp: 'yesterday', message: 1 }, null, [1, { a: [] }]].map((value) => {
		const record = parseRecord(value, Date.parse(baseRecord.timestamp));
		const [event] = assignEventIds([record], { ...source, team: TEAM });
		return [`the record ${JSON.stringify(value)}`, event!] as const;
	});
}

function createLongTexts(): Record<string, unknown> {
	const long = 'é'.repeat(40_000);
	const message: Record<string, unknown> = {};
	for (const key of ['id', 'name', 'email', 'userEmail', 'invitee', 'reason', 'status']) {
		message[key] = long;
	}
	for (const key of ['subject_description', 'object_description', 'object_id', 'subject_id']) {
		message[key] = long;
	}
	const permissions = { old_permissions: [long], new_permissions: [`new ${long}`] };
	return {
		userId: `${long} (${long}@example.com)`,
		userRole: long,
		ipAddress: long,
		message: { ...message, ...permissions, subject_type: 'USER' },
		diffPayload: { oldValue: long },
	};
}

function nest(depth: number): object {
	let value: object = { end: 1 };
	for (let i = 1; i < depth; i++) value = { inner: value };
	return value;
}

function createKeys(count: number): Record<string, number> {
	return Object.fromEntries(Array.from({ length: count }, (_, i) => [`key-${i}`, i]));
}
