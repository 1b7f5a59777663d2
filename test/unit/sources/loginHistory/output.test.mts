import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assignEventIds, type LogEvent } from '../../../../nodes/Celonis/records/eventId';
import { parseRecord } from '../../../../nodes/Celonis/records/record';
import { auditLog } from '../../../../nodes/Celonis/sources/auditLog';
import { loginHistory } from '../../../../nodes/Celonis/sources/loginHistory';
import {
	LOGIN_TYPE_NAMES,
	getLoginType,
} from '../../../../nodes/Celonis/sources/loginHistory/types';
import { indexMembers } from '../../../../nodes/Celonis/members/directory';
import { ecsProblems } from '../../../schemas/ecs.mts';
import { ocsfProblems } from '../../../schemas/ocsf.mts';

const { identityFields, formats } = loginHistory;

const usual = {
	authenticationEventType: 'LOGIN_SSO',
	email: 'ada@example.com',
	success: true,
	timestamp: '2026-02-02T14:52:10.903Z',
};

const members = indexMembers([
	{
		id: 'u-1',
		name: 'Ada',
		email: 'Ada@example.com',
		role: 'ADMIN',
		groups: ['Security', 'Platform'],
	},
]);

function eventOf(changes: Record<string, unknown> = {}): LogEvent {
	const record = parseRecord(JSON.parse(JSON.stringify({ ...usual, ...changes })));
	if (typeof record === 'string') throw new Error(record);
	return assignEventIds([record], identityFields)[0]!;
}

/** Whatever Celonis might send in a field of which a value is documented. */
const odd = fc.oneof(
	fc.constantFrom(undefined, null, '', ' ', 7, 'a text', true, {}, []),
	fc.string(),
);
const records = fc.record({
	authenticationEventType: fc.oneof(
		fc.constantFrom<unknown>(...LOGIN_TYPE_NAMES, '__proto__', 'constructor', 'LOGIN_PASSKEY'),
		odd,
	),
	email: fc.oneof(fc.constantFrom<unknown>('ada@example.com', 'not an e-mail'), odd),
	success: fc.oneof(fc.constantFrom<unknown>(true, false, 'true', 'FALSE'), odd),
	ipAddress: odd,
});

describe('formats of the login history', () => {
	it('are valid ECS and OCSF, whatever the record, with and without members', () => {
		fc.assert(
			fc.property(records, fc.boolean(), (changes, isEnriched) => {
				const event = eventOf(changes);
				const team = isEnriched ? members : undefined;
				expect(ecsProblems(formats.ecs(event, team))).toEqual([]);
				expect(ocsfProblems(formats.ocsf(event, team))).toEqual([]);
			}),
		);
	});

	it.each(LOGIN_TYPE_NAMES)('%s is an authentication in both schemas', (name) => {
		const type = getLoginType(name)!;
		const event = eventOf({
			authenticationEventType: name,
			success: type.refusal === undefined,
		});
		expect(formats.ecs(event)).toMatchObject({
			event: {
				category: ['authentication'],
				type: [name === 'LOGOUT' ? 'end' : 'start'],
				action: name,
				outcome: type.refusal === undefined ? 'success' : 'failure',
				...(type.refusal !== undefined && { reason: type.refusal }),
				dataset: 'celonis.login_history',
			},
			user: { email: 'ada@example.com' },
		});
		expect(formats.ocsf(event)).toMatchObject({
			class_uid: 3002,
			activity_id: name === 'LOGOUT' ? 2 : 1,
			status_id: type.refusal === undefined ? 1 : 2,
			user: { email_addr: 'ada@example.com' },
			service: { name: 'Celonis' },
		});
	});

	it('keeps the record and adds an id and the actor', () => {
		const { eventId, actor, ...rest } = formats.event(eventOf());
		expect(rest).toEqual(usual);
		expect(eventId).toMatch(/^[0-9a-f]{32}$/);
		expect(actor).toEqual({ id: null, email: 'ada@example.com', type: 'user' });
		expect(formats.raw(eventOf())).toEqual(usual);
	});

	it('takes a type that is a refusal for a failure where the record does not say', () => {
		const silent = { success: null };
		expect(
			formats.ecs(eventOf({ ...silent, authenticationEventType: 'BAD_CREDENTIALS' })),
		).toMatchObject({ event: { outcome: 'failure' } });
		expect(formats.ecs(eventOf(silent))).toMatchObject({ event: { outcome: 'unknown' } });
	});

	it('tells of the member behind the e-mail, in any case', () => {
		const event = eventOf();
		expect(formats.event(event, members)).toMatchObject({
			actor: { name: 'Ada', role: 'ADMIN', groups: ['Security', 'Platform'] },
		});
		expect(formats.event(eventOf({ email: 'eve@example.com' }), members)).toMatchObject({
			actor: { email: 'eve@example.com', name: null, role: null, groups: [] },
		});
	});
});

describe('identity of login events', () => {
	it('differs by each documented field, and by no other', () => {
		const ids = [
			{},
			{ success: false },
			{ email: 'eve@example.com' },
			{ authenticationEventType: 'LOGOUT' },
			{ timestamp: '2026-02-02T14:52:10.904Z' },
		].map((changes) => eventOf(changes).eventId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(eventOf({ newField: 'x' }).eventId).toBe(ids[0]);
	});

	it('is another one in the audit log, for the very same record', () => {
		const record = parseRecord(usual);
		if (typeof record === 'string') throw new Error(record);
		const [audit] = assignEventIds([record], auditLog.identityFields);
		expect(audit?.eventId).not.toBe(eventOf().eventId);
	});
});
