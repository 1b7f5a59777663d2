import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { auditLog } from '../../../../../nodes/Celonis/sources/auditLog';
import { createParameterReader } from '../../../../support/parameterReader';
import { filterCollections, records, values, type FilterCollection } from './arbitraries.mts';
import { matches } from './oracle.mts';

/** Compiles the filters as the nodes do. */
const compile = (filters: unknown) => {
	const filter = auditLog.getEventFilter(createParameterReader({ filters })).matches;
	return (raw: Record<string, unknown>) => filter({ raw, timestampMs: 0 });
};

const names = Object.keys(values);
const pairs = names.flatMap((a, index) => names.slice(index + 1).map((b) => [a, b]));

describe('the filters of the audit log', () => {
	it.each([...names.map((name) => [name]), ...pairs, names].map((set) => [set.join(' and '), set]))(
		'keep what a naive implementation keeps: %s',
		(_, set) => {
			const cases = fc.tuple(
				filterCollections(set as string[]),
				fc.array(records, { maxLength: 12 }),
			);
			fc.assert(
				fc.property(cases, ([filters, raws]) => {
					expect(raws.map(compile(filters))).toEqual(raws.map((raw) => matches(filters, raw)));
				}),
			);
		},
	);

	it.each(names)('are tested with records that pass and records that do not: %s', (name) => {
		const cases = fc.tuple(filterCollections([name]), records);
		const sample = fc.sample(cases, { seed: 1, numRuns: 500 });
		const passed = sample.filter(([filters, raw]) => matches(filters, raw)).length;
		expect(passed).toBeGreaterThan(25);
		expect(passed).toBeLessThan(475);
	});

	it('keep everything if they are empty', () => {
		const empty: FilterCollection[] = [
			{},
			{ actors: '', categories: [], eventTypes: [], eventPatterns: ' , ', excludeSystem: false },
			{ ipAddresses: '\n', preset: [], roles: null, text: '  ' },
			{ grantedPermissions: ' ', targets: [] },
		];
		fc.assert(
			fc.property(fc.constantFrom(undefined, null, '', ...empty), records, (filters, raw) => {
				expect(compile(filters)(raw)).toBe(true);
			}),
		);
	});

	it.each([
		['!10.0.0.0/8', null, true],
		['!10.0.0.0/8', '10.9.8.7', false],
		['10.0.0.0/8', null, false],
		['10.0.0.0/8, !10.9.0.0/16', '10.9.8.7', false],
	])('match %s against the address %s: %s', (ipAddresses, ipAddress, expected) => {
		expect(compile({ ipAddresses })({ ipAddress })).toBe(expected);
	});

	it.each([
		[{ new_permissions: ['ADMIN'] }, true],
		[{ old_permissions: ['ADMIN'], new_permissions: ['ADMIN'] }, false],
		[{ old_permissions: ['ADMIN'], new_permissions: [] }, false],
		[{ old_permissions: ['READ'], new_permissions: ['READ', 'admin', 'x'] }, true],
		[{}, false],
		['ADMIN', false],
		[null, false],
	])('tell from %j whether somebody is given ADMIN', (message, expected) => {
		const filter = compile({ grantedPermissions: 'ADMIN', excludeSystem: true });
		const raw = { event: 'PERMISSIONS_UPDATE', userId: 'u1 (ada@example.com)', message };
		expect(filter(raw)).toBe(expected);
		expect(filter({ ...raw, userId: 'celonis-service (SYSTEM)' })).toBe(false);
		expect(compile({ grantedPermissions: '!admin' })(raw)).toBe(!expected);
	});

	it.each<[string, string, unknown, boolean]>([
		['bob@example.com', 'PERMISSIONS_UPDATE', { subject_description: 'BOB@example.com' }, true],
		['*@example.com', 'TEAM_MEMBERSHIP_CREATED', { invitee: 'bob@example.com' }, true],
		['*@example.com', 'TEAM_MEMBERSHIP_CREATED', { sender: 'bob@example.com' }, false],
		['Finance', 'USER_JOIN_GROUP', { userEmail: 'bob@example.com', name: 'Finance' }, true],
		['bob@*', 'USER_JOIN_GROUP', { userEmail: 'bob@example.com', name: 'Finance' }, true],
		['!bob@*', 'USER_JOIN_GROUP', { userEmail: 'bob@example.com', name: 'Finance' }, false],
		['ada@example.com', 'USER_CHANGE_PASSWORD', null, true],
		['ada@example.com', 'TEAM_MEMBERSHIP_CREATED', { userId: 'u1' }, true],
		['ada@example.com', 'TEAM_MEMBERSHIP_CREATED', { userId: 'u2' }, false],
		['ada@example.com', 'DATA_POOL_DELETED', null, false],
		['p-?', 'DATA_POOL_DELETED', { dataPoolId: 'p-1' }, true],
		['Orders (v2.1)', 'DATA_POOL_DELETED', { dataPoolName: 'Orders (v2.1)' }, true],
		['!Orders*', 'DATA_POOL_DELETED', null, true],
		['x', 'NEW_FEATURE', { id: 'x' }, true],
	])('find by the target %s: %s %j: %s', (targets, event, message, expected) => {
		const raw = { event, userId: 'u1 (ada@example.com)', message };
		expect(compile({ targets })(raw)).toBe(expected);
	});

	it.each([
		['orchestration.run.finished', 'orchestration.run.finished', true],
		['orchestration.*', 'Orchestration.Run.Finished', true],
		['*.finished', 'orchestration.run.finished', true],
		['*.*', 'orchestration.run.finished', true],
		['*.*', 'GROUP_CREATED', false],
		['!run.*', 'run.finished', false],
	])('match the event pattern %s with %s: %s', (eventPatterns, event, expected) => {
		expect(compile({ eventPatterns })({ event })).toBe(expected);
	});

	it.each(['PERM.*', 'perm.*', 'DATA_.*_DELETED', '.*_UPDATED', '*PERM.*', 'PERM.+', 'run.(a)'])(
		'reject the regular expression %s as an event pattern',
		(eventPatterns) => {
			const message = `'Event Patterns': ${JSON.stringify(eventPatterns)} is not a pattern`;
			expect(() => compile({ eventPatterns })).toThrow(message);
		},
	);

	it.each(['[', '{"deep":'])('take a very deep message as one without a target (%s)', (open) => {
		const depth = 200_000;
		const json = `${open.repeat(depth)}1${(open === '[' ? ']' : '}').repeat(depth)}`;
		const message = { new_permissions: JSON.parse(json) as unknown, name: 'Orders' };
		expect(compile({ targets: 'Orders' })({ message })).toBe(true);
		expect(compile({ grantedPermissions: '*' })({ message })).toBe(false);
	});

	it.each([
		['J\u00f6rg', { name: 'Jo\u0308rg' }, true],
		['jo\u0308rg', { 'J\u00d6RG': 1 }, true],
		['"name":"J\u00f6', { name: 'jo\u0308rg' }, true],
		['jorg', { name: 'Jo\u0308rg' }, false],
	])('find the text %s in %j: %s', (text, message, expected) => {
		expect(compile({ text })({ message })).toBe(expected);
	});

	it('find permission changes by users from outside the network', () => {
		const filter = compile({
			preset: ['permissions'],
			excludeSystem: true,
			actors: '!svc-siem@example.com',
			ipAddresses: '!10.0.0.0/8, !2001:db8::/32',
		});
		const change = {
			event: 'PERMISSIONS_UPDATE',
			userId: 'u1 (ada@example.com)',
			ipAddress: '203.0.113.7',
		};
		expect(filter(change)).toBe(true);
		expect(filter({ ...change, event: 'DATA_POOL_CREATED' })).toBe(false);
		expect(filter({ ...change, userId: 'celonis-service (SYSTEM)' })).toBe(false);
		expect(filter({ ...change, userId: 'u2 (SVC-SIEM@example.com)' })).toBe(false);
		expect(filter({ ...change, ipAddress: '10.20.30.40' })).toBe(false);
		expect(filter({ ...change, ipAddress: '2001:db8::1' })).toBe(false);
	});

	it.each(['["', '{"deep":'])('find text in a very deep record (%s)', (open) => {
		const depth = 200_000;
		const [start, end] = open === '["' ? ['[', ']'] : [open, '}'];
		const json = `${start.repeat(depth)}"needle"${end.repeat(depth)}`;
		const raw = { message: JSON.parse(json) as unknown };
		expect(compile({ text: 'Needle' })(raw)).toBe(true);
		expect(compile({ text: 'haystack' })(raw)).toBe(false);
	});
});
