import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditLog } from '../../../../nodes/Celonis/sources/auditLog';
import { loginHistory } from '../../../../nodes/Celonis/sources/loginHistory';
import {
	LOGIN_TYPE_NAMES,
	getLoginType,
} from '../../../../nodes/Celonis/sources/loginHistory/loginTypes';
import { indexMembers } from '../../../../nodes/Celonis/members/directory';
import { findEcsProblems } from '../../../schemas/ecs.mts';
import { findOcsfProblems } from '../../../schemas/ocsf.mts';
import { createEvent } from '../../../support/events.mts';

const { formatters } = loginHistory;

const baseRecord = {
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

const createLogin = (changes: Record<string, unknown> = {}) =>
	createEvent(loginHistory, { ...baseRecord, ...changes });

/** Undocumented values that Celonis might send in a field. */
const unexpectedValues = fc.oneof(
	fc.constantFrom(undefined, null, '', ' ', 7, 'a text', true, {}, []),
	fc.string(),
);
const records = fc.record({
	authenticationEventType: fc.oneof(
		fc.constantFrom<unknown>(...LOGIN_TYPE_NAMES, '__proto__', 'constructor', 'LOGIN_PASSKEY'),
		unexpectedValues,
	),
	email: fc.oneof(fc.constantFrom<unknown>('ada@example.com', 'not an e-mail'), unexpectedValues),
	success: fc.oneof(fc.constantFrom<unknown>(true, false, 'true', 'FALSE'), unexpectedValues),
	ipAddress: unexpectedValues,
});

describe('the output of the login history', () => {
	it('is valid ECS and OCSF for any record, with and without members', () => {
		fc.assert(
			fc.property(records, fc.boolean(), (changes, isEnriched) => {
				const event = createLogin(changes);
				const directory = isEnriched ? members : undefined;
				expect(findEcsProblems(formatters.ecs(event, directory))).toEqual([]);
				expect(findOcsfProblems(formatters.ocsf(event, directory))).toEqual([]);
			}),
		);
	});

	it.each(LOGIN_TYPE_NAMES)('classifies %s as authentication in both schemas', (name) => {
		const type = getLoginType(name)!;
		const event = createLogin({
			authenticationEventType: name,
			success: type.failureReason === undefined,
		});
		expect(formatters.ecs(event)).toMatchObject({
			event: {
				category:
					type.failureReason === undefined ? ['authentication', 'session'] : ['authentication'],
				type: [name === 'LOGOUT' ? 'end' : 'start'],
				action: name,
				outcome: type.failureReason === undefined ? 'success' : 'failure',
				...(type.failureReason !== undefined && { reason: type.failureReason }),
				dataset: 'celonis.login',
			},
			user: { email: 'ada@example.com' },
		});
		expect(formatters.ocsf(event)).toMatchObject({
			class_uid: 3002,
			activity_id: name === 'LOGOUT' ? 2 : 1,
			status_id: type.failureReason === undefined ? 1 : 2,
			user: { email_addr: 'ada@example.com' },
			service: { name: 'Celonis' },
		});
	});

	it('keeps the record and adds event ID, team and actor', () => {
		const { eventId, team, actor, ...rest } = formatters.event(createLogin());
		expect(rest).toEqual(baseRecord);
		expect(eventId).toMatch(/^[0-9a-f]{32}$/);
		expect(team).toBe('acme.eu-1.celonis.cloud');
		expect(actor).toEqual({ id: null, email: 'ada@example.com', type: 'user' });
		expect(formatters.raw(createLogin())).toEqual(baseRecord);
	});

	it.each<[Record<string, unknown>, string, string | null]>([
		[{}, 'ada@example.com signed in with SSO', 'success'],
		[{ authenticationEventType: 'LOGIN' }, 'ada@example.com signed in', 'success'],
		[{ authenticationEventType: 'LOGOUT' }, 'ada@example.com signed out', 'success'],
		[{ success: false }, 'ada@example.com failed to sign in with SSO', 'failure'],
		[
			{ authenticationEventType: 'BAD_CREDENTIALS', success: false },
			'ada@example.com failed to sign in: Wrong credentials (BAD_CREDENTIALS)',
			'failure',
		],
		[
			{ authenticationEventType: 'LOGIN_OIDC', success: null },
			'ada@example.com tried to sign in with OpenID Connect, with an unknown result',
			null,
		],
		[
			{ authenticationEventType: 'LOGIN_PASSKEY', success: false, email: null },
			'Somebody unknown triggered LOGIN_PASSKEY, which failed',
			'failure',
		],
	])('sums up %j: %s', (changes, line, outcome) => {
		expect(formatters.summary(createLogin(changes))).toMatchObject({ summary: line, outcome });
		expect(formatters.ecs(createLogin(changes))).toMatchObject({ message: line });
	});

	it('sums up in the columns of audit events', () => {
		const raw = { event: 'GROUP_CREATED', timestamp: baseRecord.timestamp };
		const columns = Object.keys(auditLog.formatters.summary(createEvent(auditLog, raw)));
		const summary = formatters.summary(createLogin({ email: 'ada@EXAMPLE.com' }), members);
		expect(summary).toEqual({
			...Object.fromEntries(columns.map((name) => [name, null])),
			timestamp: baseRecord.timestamp,
			event: 'LOGIN_SSO',
			summary: 'Ada (ada@EXAMPLE.com) signed in with SSO',
			actor: 'ada@EXAMPLE.com',
			actorType: 'user',
			actorRole: 'ADMIN',
			outcome: 'success',
			team: 'acme.eu-1.celonis.cloud',
			eventId: expect.any(String),
		});
		fc.assert(
			fc.property(records, fc.boolean(), (changes, isEnriched) => {
				const item = formatters.summary(createLogin(changes), isEnriched ? members : undefined);
				expect(Object.keys(item)).toEqual(columns);
				expect(item.summary).toMatch(/^\S.*\S$/);
			}),
		);
	});

	it('uses the outcome of the type if the record has none', () => {
		const noOutcome = { success: null };
		expect(
			formatters.ecs(createLogin({ ...noOutcome, authenticationEventType: 'BAD_CREDENTIALS' })),
		).toMatchObject({ event: { outcome: 'failure' } });
		expect(formatters.ecs(createLogin(noOutcome))).toMatchObject({ event: { outcome: 'unknown' } });
	});

	it('enriches the actor by e-mail address, case-insensitively', () => {
		const event = createLogin();
		expect(formatters.event(event, members)).toMatchObject({
			actor: { name: 'Ada', role: 'ADMIN', groups: ['Security', 'Platform'] },
		});
		expect(formatters.event(createLogin({ email: 'eve@example.com' }), members)).toMatchObject({
			actor: { email: 'eve@example.com', name: null, role: null, groups: [] },
		});
	});
});

describe('the event ID of a login event', () => {
	it('depends on each documented field, and on no other', () => {
		const ids = [
			{},
			{ success: false },
			{ email: 'eve@example.com' },
			{ authenticationEventType: 'LOGOUT' },
			{ timestamp: '2026-02-02T14:52:10.904Z' },
		].map((changes) => createLogin(changes).eventId);
		expect(new Set(ids).size).toBe(ids.length);
		expect(createLogin({ newField: 'x' }).eventId).toBe(ids[0]);
	});

	it('is not that of the same record in the audit log', () => {
		expect(createEvent(auditLog, baseRecord).eventId).not.toBe(createLogin().eventId);
	});
});
