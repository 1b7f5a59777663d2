import { describe, expect, it } from '@jest/globals';
import { ABSENT, change, type Document } from '../../schemas/change.mts';
import { findConstraintProblems, findOcsfProblems } from '../../schemas/ocsf.mts';

const user = { name: 'Grace', email_addr: 'grace@example.com', type: 'User', type_id: 1 };
const actor = { user: { uid: 'ada' } };

const IAM = 'Identity & Access Management';

/** A good event, as far as `fields` are what its class asks for. */
function eventOf(uid: number, name: string, category: string, activity: string, fields: Document) {
	const activityId = activity === 'Unknown' ? 0 : 1;
	const event: Document = {
		activity_id: activityId,
		activity_name: activity,
		category_name: category,
		category_uid: Math.floor(uid / 1000),
		class_name: name,
		class_uid: uid,
		metadata: { product: { name: 'Celonis' }, version: '1.8.0' },
		severity: 'Informational',
		severity_id: 1,
		status: 'Success',
		status_id: 1,
		time: 1_780_300_800_000,
		type_name: `${name}: ${activity}`,
		type_uid: uid * 100 + activityId,
		unmapped: { anything: [null, {}] },
		...fields,
	};
	return event;
}

const base = eventOf(0, 'Base Event', 'Uncategorized', 'Unknown', {});

const account = eventOf(3001, 'Account Change', IAM, 'Create', { actor, user });

const authentication = eventOf(3002, 'Authentication', IAM, 'Logon', {
	auth_protocol: 'SAML',
	auth_protocol_id: 5,
	service: { name: 'Celonis' },
	user,
});

const entity = eventOf(3004, 'Entity Management', IAM, 'Create', {
	entity: { name: 'Report', data: [1, 'two', null], type: 'View', type_id: 99 },
});

const access = eventOf(3005, 'User Access Management', IAM, 'Assign Privileges', {
	privileges: ['admin'],
	resources: [{ uid: 'r1', type: 'Space', data: { any: null } }],
	user,
});

const group = eventOf(3006, 'Group Management', IAM, 'Assign Privileges', {
	group: { name: 'Analysts', privileges: ['read'] },
	resource: { name: 'Space' },
});

const api = eventOf(6003, 'API Activity', 'Application Activity', 'Create', {
	actor: { app_name: 'Celonis' },
	api: { operation: 'EXPORT', response: { code: 200 } },
	src_endpoint: { ip: '10.0.0.1', port: 443 },
});

/** What there is to say about a good event, by default an account change, with another value. */
const problemsWith = (path: string, value: unknown, event = account) =>
	findOcsfProblems(change(event, path.split('.'), value));

describe('ocsfProblems', () => {
	it.each([base, account, authentication, entity, access, group, api])(
		'has nothing to say about a good $class_name',
		(event) => {
			expect(findOcsfProblems(event)).toEqual([]);
		},
	);

	it.each([9999, 6001, '3001', undefined, null, ABSENT])('knows no class %p', (uid) => {
		expect(problemsWith('class_uid', uid)).toEqual([
			expect.stringMatching(/^class_uid: \S+ is none of 0, 3001, 3002, 3004, 3005, 3006, 6003$/),
		]);
	});

	it.each<[path: string, value: unknown, problem: string | RegExp]>([
		// What follows from the class
		['category_uid', 6, 'category_uid: 6 is not 3'],
		['category_name', 'IAM', "category_name: 'IAM' is not 'Identity & Access Management'"],
		['class_name', 'Base Event', "class_name: 'Base Event' is not 'Account Change'"],
		['type_uid', 300102, 'type_uid: 300102 is not 300101'],
		['type_name', 'Create', "type_name: 'Create' is not 'Account Change: Create'"],
		['metadata.version', '1.7.0', "metadata.version: '1.7.0' is not '1.8.0'"],
		// Required ones
		['time', ABSENT, 'time: is missing'],
		['category_uid', ABSENT, 'category_uid: is missing'],
		['activity_id', ABSENT, 'activity_id: is missing'],
		['user', ABSENT, 'user: is missing'],
		['metadata.version', ABSENT, 'metadata.version: is missing'],
		// Unknown ones
		['colour', 'red', 'colour: is no attribute of Account Change'],
		['constructor', 'red', 'constructor: is no attribute of Account Change'],
		['privileges', ['a'], 'privileges: is no attribute of Account Change'],
		['user.colour', 'red', 'user.colour: is no attribute of User'],
		['actor.user.colour', 'red', 'actor.user.colour: is no attribute of User'],
		// Nothing there
		['message', null, 'message: is null'],
		['message', undefined, 'message: is undefined'],
		['time', null, 'time: is null'],
		['status', null, 'status: is null'],
		['metadata.version', null, 'metadata.version: is null'],
		['user.org', null, 'user.org: is null'],
		['unmapped', null, 'unmapped: is null'],
		['metadata.labels', ['a', null], 'metadata.labels[1]: null does not fit string_t'],
		// Arrays
		['metadata.labels', 'a', 'metadata.labels: is not an array'],
		['message', ['a'], "message: [ 'a' ] does not fit string_t"],
		['user', [user], /^user: \[[^]+\] is not an object$/],
		['policies', { name: 'P' }, 'policies: is not an array'],
		['policies', [{ name: 'P' }, { uid: 7 }], 'policies[1].uid: 7 does not fit string_t'],
		// Types
		['message', 1, 'message: 1 does not fit string_t'],
		['count', 1.5, 'count: 1.5 does not fit integer_t'],
		['duration', '1', "duration: '1' does not fit long_t"],
		['time', '2026-06-01T08:00:00Z', "time: '2026-06-01T08:00:00Z' does not fit long_t"],
		['time', 1_780_300_800.5, 'time: 1780300800.5 does not fit long_t'],
		['time', 8.64e15 + 1, 'time: 8640000000000001 is no time in milliseconds since 1970'],
		['user.has_mfa', 'no', "user.has_mfa: 'no' does not fit boolean_t"],
		['user.name', 7, 'user.name: 7 does not fit string_t'],
		['user', 'ada', "user: 'ada' is not an object"],
		['unmapped', 'a', "unmapped: 'a' is not an object"],
		['user.email_addr', 'grace', "user.email_addr: 'grace' does not fit email_t"],
		['src_endpoint.ip', 'localhost', "src_endpoint.ip: 'localhost' does not fit ip_t"],
		['src_endpoint.ip', 'x'.repeat(41), `src_endpoint.ip: '${'x'.repeat(41)}' is longer than 40`],
		['actor.session.uuid', '12', "actor.session.uuid: '12' does not fit uuid_t"],
		// Values
		['severity_id', 7, 'severity_id: 7 is none of 0, 1, 2, 3, 4, 5, 6, 99'],
		['user.type_id', 5, 'user.type_id: 5 is none of 0, 1, 2, 3, 4, 99'],
		['user.type_id', '1', "user.type_id: '1' does not fit integer_t"],
		['activity_id', 13, /^activity_id: 13 is none of 0, 1, .+, 12, 99$/],
		// Texts beside identifiers
		['activity_name', 'Add', "activity_name: 'Add' is not 'Create', the caption of 1"],
		['severity', 'Low', "severity: 'Low' is not 'Informational', the caption of 1"],
		['status', 'OK', "status: 'OK' is not 'Success', the caption of 1"],
		['user.type', 'Admin', "user.type: 'Admin' is not 'User', the caption of 1"],
		['user.risk_level_id', 99, 'user.risk_level: is missing beside 99'],
		// Constraints
		['user', { full_name: 'Grace' }, 'user: has none of account, name, uid'],
		['actor.user', { domain: 'example' }, 'actor.user: has none of account, name, uid'],
		['policies', [{ desc: 'P' }], 'policies[0]: has none of name, type, uid'],
		['metadata.product', { lang: 'en' }, 'metadata.product: has none of name, uid'],
		// Beyond the file
		[
			'http_request',
			{ url: {} },
			'http_request: the object http_request is not in the written-down part of the schema',
		],
		[
			'enrichments',
			[],
			'enrichments: the object enrichment is not in the written-down part of the schema',
		],
	])('with %s: %p', (path, value, problem) => {
		expect(problemsWith(path, value)).toEqual([
			problem instanceof RegExp ? expect.stringMatching(problem) : problem,
		]);
	});

	it.each<[what: string, path: string, value: unknown, words: string, event: Document]>([
		['a port out of range', 'src_endpoint.port', 65536, 'is not within 0 to 65535', api],
		['a class without actor', 'actor', ABSENT, 'is missing', api],
		['an object without operation', 'api.operation', ABSENT, 'is missing', api],
		['a class without privileges', 'privileges', ABSENT, 'is missing', access],
		['a resource without name', 'resource', { type: 'Space' }, 'has none of name, uid', group],
	])('sees %s', (_, path, value, words, event) => {
		const [problem, ...rest] = problemsWith(path, value, event);
		expect(problem).toMatch(new RegExp(`^${path}: .*${words}$`));
		expect(rest).toEqual([]);
	});

	it('has constraints of classes too', () => {
		expect(problemsWith('service', ABSENT, authentication)).toEqual([
			'event: has none of service, dst_endpoint',
		]);
	});

	describe('on another activity', () => {
		const other: Document = {
			...account,
			activity_id: 99,
			activity_name: 'Rename',
			type_uid: 300199,
			type_name: 'Account Change: Other',
		};

		it('takes any name for it', () => {
			expect(findOcsfProblems(other)).toEqual([]);
		});

		it.each([ABSENT, ''])('does not go without a name: %p', (name) => {
			expect(problemsWith('activity_name', name, other)).toEqual([
				'activity_name: is missing beside 99',
			]);
		});

		it('has the type of all others', () => {
			expect(problemsWith('type_name', 'Account Change: Rename', other)).toEqual([
				"type_name: 'Account Change: Rename' is not 'Account Change: Other'",
			]);
		});
	});

	it('goes without any text beside an identifier', () => {
		const texts = /^(severity|status|.+_name)$/;
		const bare = Object.entries(account).filter(([name]) => !texts.test(name));
		expect(bare).toHaveLength(Object.keys(account).length - 6);
		expect(findOcsfProblems(Object.fromEntries(bare))).toEqual([]);
	});

	it('names every problem', () => {
		expect(findOcsfProblems({ ...account, colour: 'red', time: 'now', user: {} })).toHaveLength(3);
	});
});

describe('constraintProblems', () => {
	it.each([
		[{}, ['group: has none of name, uid', 'group: has 0 of a, b instead of one']],
		[{ uid: 'g', a: 1, b: 2 }, ['group: has 2 of a, b instead of one']],
		[{ name: 'G', uid: 'g', b: 2 }, []],
	])('on %p', (value, problems) => {
		const rules = { at_least_one: ['name', 'uid'], just_one: ['a', 'b'] };
		expect(findConstraintProblems('group', rules, value)).toEqual(problems);
	});

	it('has no rules by default', () => {
		expect(findConstraintProblems('group', {}, {})).toEqual([]);
	});
});
