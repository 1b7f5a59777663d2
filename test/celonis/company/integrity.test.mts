import { beforeAll, describe, expect, it } from '@jest/globals';
import type { LoginRecord } from '../loginEvents.mts';
import type { Member } from '../members.mts';
import type { AuditRecord } from '../records.mts';
import { createCompanyTeam } from './team.mts';

const nowMs = Date.parse('2026-11-25T15:00:00Z');

type Message = Record<string, unknown>;
interface Event extends Omit<AuditRecord, 'message'> {
	/** Empty if the record has none. */
	message: Message;
}

let events: Event[];
let logins: LoginRecord[];
let members: Member[];
beforeAll(() => {
	const team = createCompanyTeam(7, nowMs, { eventsPerMinute: 0 });
	events = team.log.getVisible(nowMs).map(({ json }) => {
		const record = JSON.parse(json) as Event;
		return { ...record, message: record.message ?? {} };
	});
	logins = team.logins.log.getVisible(nowMs).map(({ json }) => JSON.parse(json) as LoginRecord);
	members = team.members(nowMs).map(({ member }) => member);
});

const select = (...names: string[]) => events.filter(({ event }) => names.includes(event));
const getEmail = (text: string) => /\(([^()]+@[^()]+)\)/.exec(text)?.[1];
/** The time of the first event about each mail address. */
const findFirst = (found: readonly Event[], key: string) =>
	new Map(found.map((event) => [String(event.message[key]), event.timestamp] as const).reverse());

function findLeavers(): Map<string, string> {
	const left = select('TEAM_MEMBERSHIP_UPDATED').filter(
		({ diffPayload }) => diffPayload?.newValue === 'INACTIVE',
	);
	return findFirst(left, 'email');
}

/** Problems of a life: `begins` before any other event, and nothing but `begins` after `ends`. */
function checkLives(
	keyOf: (event: Event) => unknown,
	begins: readonly string[],
	ends: readonly string[],
	others: readonly string[] = [],
): string[] {
	const alive = new Set<unknown>();
	const problems: string[] = [];
	for (const event of select(...begins, ...ends, ...others)) {
		const key = keyOf(event);
		const isAlive = alive.has(key);
		if (begins.includes(event.event) === isAlive) {
			problems.push(`${event.timestamp} ${event.event} ${String(key)}`);
		}
		if (begins.includes(event.event)) alive.add(key);
		if (ends.includes(event.event)) alive.delete(key);
	}
	return problems;
}

describe('the actors of a company', () => {
	it('are members, applications that exist at the time, or Celonis itself', () => {
		const people = new Set(
			members.map(({ userId, nameAndEmail }) => `${userId} (${getEmail(nameAndEmail)})`),
		);
		const clients = new Set<unknown>();
		const strangers = [];
		for (const { event, message, userId } of events) {
			if (event === 'OAUTH_CLIENT_CREATED') clients.add(message.clientId);
			if (event === 'OAUTH_CLIENT_DELETED') clients.delete(message.clientId);
			const isKnown =
				people.has(userId) || clients.has(userId) || userId === 'celonis-service (SYSTEM)';
			if (!isKnown) strangers.push(userId);
		}
		expect(strangers).toEqual([]);
		expect(clients.size).toBeGreaterThan(2);
	});

	it('are invited before they join, and join before they do anything', () => {
		const invited = findFirst(select('ADMIN USER INVITED'), 'invitee');
		const joined = findFirst(select('USER_TEAM_MEMBERSHIP_ACTIVATED'), 'email');
		const early = events.filter(({ userId, timestamp }) => {
			const email = getEmail(userId);
			return (
				email && !(invited.get(email)! < joined.get(email)! && joined.get(email)! <= timestamp)
			);
		});
		expect(early).toEqual([]);
		expect(joined.size).toBeGreaterThan(60);
	});

	it('sign in after they are invited, and successfully only after they joined', () => {
		const invited = findFirst(select('ADMIN USER INVITED'), 'invitee');
		const joined = findFirst(select('USER_TEAM_MEMBERSHIP_ACTIVATED'), 'email');
		const ofTeam = logins.filter(({ email }) => !email.endsWith('@celonis.example'));
		const early = ofTeam.filter(
			({ email, success, timestamp }) =>
				!(invited.get(email)! < timestamp) || (success && !(joined.get(email)! < timestamp)),
		);
		expect(early).toEqual([]);
		expect(ofTeam.length).toBeLessThan(logins.length);
	});

	it('do nothing after they left, but may try to sign in', () => {
		const left = findLeavers();
		expect(left.size).toBeGreaterThan(5);
		const late = events.filter(
			({ userId, timestamp }) => timestamp > (left.get(getEmail(userId)!) ?? '9'),
		);
		expect(late).toEqual([]);
		const attempts = logins.filter(({ email, timestamp }) => timestamp > (left.get(email) ?? '9'));
		expect(attempts.length).toBeGreaterThan(3);
		expect(attempts.filter(({ success }) => success)).toEqual([]);
	});

	it('have signed in on the day on which they act', () => {
		const signedIn = new Set(
			logins
				.filter(({ success }) => success)
				.map(({ email, timestamp }) => email + timestamp.slice(0, 10)),
		);
		const unseen = events.filter(
			({ event, timestamp, userId }) =>
				getEmail(userId) &&
				event !== 'USER_TEAM_MEMBERSHIP_ACTIVATED' &&
				!signedIn.has(getEmail(userId)! + timestamp.slice(0, 10)),
		);
		expect(unseen).toEqual([]);
	});
});

describe('the members of a company', () => {
	it('are those who were invited, with their last sign-in in the published form', () => {
		const invited = new Set(select('ADMIN USER INVITED').map(({ message }) => message.invitee));
		for (const { message } of select('TEAM_MEMBERSHIP_DELETED')) invited.delete(message.email);
		const emails = members.map(({ nameAndEmail }) => getEmail(nameAndEmail));
		expect(new Set(emails)).toEqual(new Set([...invited, 'support@celonis.example']));
		for (const { lastLogin, nameAndEmail } of members) {
			const own = logins.filter(
				({ email, success }) => success && email === getEmail(nameAndEmail),
			);
			const last = own.filter((login) => login.authenticationEventType !== 'LOGOUT').at(-1);
			if (!last) {
				expect(lastLogin).toBeNull();
				continue;
			}
			expect(lastLogin).toMatch(/^\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d [AP]M UTC$/);
			expect(Date.parse(lastLogin!)).toBe(Math.floor(Date.parse(last.timestamp) / 1000) * 1000);
		}
	});

	it('are inactive and in no group when they left', () => {
		const left = findLeavers();
		const inactive = members.filter(({ status }) => status === 'Inactive');
		expect(new Set(inactive.map(({ nameAndEmail }) => getEmail(nameAndEmail)))).toEqual(
			new Set(left.keys()),
		);
		expect(inactive.flatMap(({ group }) => group)).toEqual([]);
	});

	it('are in the groups that they joined and did not leave', () => {
		const groups = new Map<string, Set<string>>();
		const exists = new Set<unknown>();
		const problems = [];
		for (const { event, message } of events) {
			const name = String(message.name);
			if (event === 'GROUP_CREATED') exists.add(message.id);
			if (event === 'GROUP_DELETED') {
				exists.delete(message.id);
				problems.push(...[...groups.values()].filter((own) => own.has(name)));
			}
			if (event !== 'USER_JOIN_GROUP' && event !== 'USER_LEFT_GROUP') continue;
			const email = String(message.userEmail);
			const own = groups.get(email) ?? new Set();
			groups.set(email, own);
			if (!exists.has(message.id) || own.has(name) === (event === 'USER_JOIN_GROUP'))
				problems.push(message);
			if (event === 'USER_JOIN_GROUP') own.add(name);
			else own.delete(name);
		}
		expect(problems).toEqual([]);
		for (const { group, nameAndEmail } of members) {
			expect(new Set(group)).toEqual(groups.get(getEmail(nameAndEmail)!) ?? new Set());
		}
	});
});

describe('what happens in a company', () => {
	it('revokes only permissions that were granted, and leaves none to those who left', () => {
		const held = new Map<string, string>();
		const problems = [];
		const changes = select(
			'PERMISSIONS_UPDATE',
			'DATA_MODEL_PERMISSION_ASSIGNMENT_CREATED',
			'DATA_MODEL_PERMISSION_ASSIGNMENT_UPDATED',
			'DATA_MODEL_PERMISSION_ASSIGNMENT_DELETED',
		);
		for (const { message } of changes) {
			const { subject_description, object_id, old_permissions, new_permissions } = message;
			const key = `${getEmail(String(subject_description)) ?? String(subject_description)} ${String(object_id)}`;
			if ((held.get(key) ?? '') !== String(old_permissions)) problems.push(message);
			held.set(key, String(new_permissions));
		}
		expect(problems).toEqual([]);
		const left = findLeavers();
		const kept = [...held].filter(([key, value]) => value !== '' && left.has(key.split(' ')[0]!));
		expect(kept).toEqual([]);
		expect(changes.some(({ message }) => String(message.new_permissions) === '')).toBe(true);
	});

	it('names the subjects of permissions as the published events do', () => {
		const users = select('PERMISSIONS_UPDATE').filter(
			({ message }) => message.subject_type === 'USER',
		);
		const known = new Set(members.map(({ nameAndEmail }) => getEmail(nameAndEmail)));
		expect(users.length).toBeGreaterThan(100);
		expect(
			users.filter(({ message }) => !known.has(getEmail(String(message.subject_description)))),
		).toEqual([]);
	});

	it('deletes only keys and clients that were made', () => {
		const byId = ({ message }: Event) => message.id;
		expect(checkLives(byId, ['USER_GENERATE_API_KEY'], ['USER_DELETE_API_KEY'])).toEqual([]);
		expect(
			checkLives(
				({ message }) => message['application-key-id'],
				['APPLICATION_KEY_CREATED'],
				['APPLICATION_KEY_DELETED'],
				['APPLICATION_KEY_UPDATED'],
			),
		).toEqual([]);
		expect(
			checkLives(
				({ message }) => message.clientId,
				['OAUTH_CLIENT_CREATED'],
				['OAUTH_CLIENT_DELETED'],
				['OAUTH_CLIENT_UPDATED', 'OAUTH_CLIENT_SECRET_REGENERATED', 'OAUTH_CLIENT_ACCESS_REVOKED'],
			),
		).toEqual([]);
		expect(select('USER_DELETE_API_KEY', 'APPLICATION_KEY_DELETED').length).toBeGreaterThan(3);
	});

	it('changes only things that exist, such as nodes, packages, data pools and jobs', () => {
		const lives: ReadonlyArray<[string, string, string[], string[], string[]]> = [
			[
				'nodeId',
				'STUDIO_NODE',
				['CREATED', 'RESTORED'],
				['DELETED'],
				['UPDATED', 'RENAMED', 'MOVED', 'COPIED'],
			],
			['dataPoolId', 'DATA_POOL', ['CREATED'], ['DELETED'], ['UPDATED', 'COPIED', 'EXPORTED']],
			[
				'dataJobId',
				'DATA_JOB',
				['CREATED'],
				['DELETED'],
				['UPDATED', 'MANUALLY_EXECUTED', 'COPIED'],
			],
			['dataModelId', 'DATA_MODEL', ['CREATED'], ['DELETED'], ['UPDATED', 'MANUAL_LOAD_STARTED']],
			['dataSourceId', 'DATA_SOURCE', ['CREATED'], ['DELETED'], ['UPDATED', 'EXPORTED']],
			['id', 'SCHEDULING', ['CREATED'], ['DELETED'], ['ENABLED', 'DISABLED', 'RENAMED']],
			['id', 'ROUTING_RULE', ['CREATED'], ['DELETED'], ['UPDATED', 'DUPLICATED']],
			['id', 'ACTIONFLOW', ['CREATED'], [], ['ACTIVATED', 'DEACTIVATED', 'SCHEDULE_MODIFIED']],
		];
		for (const [key, prefix, begins, ends, others] of lives) {
			const name = (suffix: string) => `${prefix}_${suffix}`;
			const problems = checkLives(
				({ message }) => message[key],
				begins.map(name),
				ends.map(name),
				others.map(name),
			);
			expect(problems).toEqual([]);
		}
	});

	it('replaces what was there: the old value of a name is the last new one', () => {
		const names = new Map<unknown, unknown>();
		for (const { event, message, diffPayload } of events) {
			const id = message.nodeId;
			if (event === 'STUDIO_NODE_RENAMED') {
				expect(diffPayload!.oldValue).toBe(names.get(id));
				expect(diffPayload!.newValue).toBe(message.nodeName);
			}
			if (id !== undefined) names.set(id, message.nodeName);
		}
	});
});
