import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Team } from '../../scripts/n8n/team.mts';
import { fail, itReads, read, toIso } from './reader.mts';
import { getSubject } from './subject.mts';

const { team, readable, settledMs } = getSubject();
const DAY_MS = 86_400_000;

const list = async (resource: string, changes: IDataObject = {}) =>
	await read({ resource, operation: 'getAll', returnAll: true, ...changes });

describe('the members', () => {
	itReads(['members'], 'are listed with ID, name and status, each once', async () => {
		const members = await list('member');
		expect(members.length).toBeGreaterThan(0);
		expect(members.filter(({ userId }) => typeof userId !== 'string')).toHaveLength(0);
		expect(members.filter((member) => !('name' in member && 'email' in member))).toHaveLength(0);
		expect(new Set(members.map(({ userId }) => userId)).size).toBe(members.length);
	});

	itReads(['members'], 'are as many as the limit', async () => {
		const members = await list('member', { returnAll: false, limit: 2 });
		expect(members).toHaveLength(2);
	});

	itReads(['members'], 'are at least as many with the staff of Celonis', async () => {
		const [without, withStaff] = [
			await list('member'),
			await list('member', { options: { includeInternal: true } }),
		];
		expect(withStaff.length).toBeGreaterThanOrEqual(without.length);
	});

	itReads(['members', 'v2'], 'enrich the actors of events', async () => {
		const events = await read({
			resource: 'auditEvent',
			operation: 'getAll',
			from: toIso(settledMs - 7 * DAY_MS),
			to: toIso(settledMs),
			limit: 60,
			options: { enrichActor: true },
		});
		const ids = new Set((await list('member')).map(({ userId }) => userId));
		const known = events.map(({ actor }) => actor as IDataObject).filter(({ id }) => ids.has(id));
		expect(known.filter((actor) => !('name' in actor && 'groups' in actor))).toHaveLength(0);
	});
});

describe('the permissions', () => {
	itReads(['permissions'], 'are listed with the team, by a limit and by a filter', async () => {
		const permissions = await list('permission');
		const { host } = new URL(team.url);
		expect(permissions.length).toBeGreaterThan(0);
		expect(new Set(permissions.map((permission) => permission.team))).toEqual(new Set([host]));
		expect(await list('permission', { returnAll: false, limit: 1 })).toHaveLength(1);
		const nothing = { subjects: 'nobody-has-this-name-4711' };
		expect(await list('permission', { filters: nothing })).toHaveLength(0);
	});
});

describe('an error', () => {
	const parameters = {
		resource: readable.some((area) => area === 'v2' || area === 'v1') ? 'auditEvent' : 'loginEvent',
		operation: 'getAll',
	};
	const wrong = 'wrong-and-not-secret';
	const withWrongSecret: Team = {
		...team,
		...(team.oAuth2 && { oAuth2: { ...team.oAuth2, clientSecret: wrong } }),
		...(team.key && { key: { ...team.key, authKey: wrong } }),
	};

	it('says that Celonis refuses a wrong key or secret, and does not show it', async () => {
		const text = await fail(parameters, withWrongSecret);
		expect(text).toMatch(/\b40[01]\b|invalid_client|Client Secret/);
		expect(text).not.toContain(wrong);
	});

	it('names a date that is none, without a request', async () => {
		const teamUrl = 'http://127.0.0.1:9';
		const unreachable: Team = {
			url: teamUrl,
			...(team.oAuth2 && { oAuth2: { ...team.oAuth2, teamUrl } }),
			...(team.key && { key: { ...team.key, teamUrl } }),
		};
		expect(await fail({ ...parameters, from: 'soon' }, unreachable)).toMatch(/'From'.*soon/);
	});
});
