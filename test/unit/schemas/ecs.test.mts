import { describe, expect, it } from '@jest/globals';
import { ABSENT, change, type Document } from '../../schemas/change.mts';
import { ECS_VERSION, findEcsProblems } from '../../schemas/ecs.mts';

const good: Document = {
	'@timestamp': '2026-06-01T08:00:00.000Z',
	ecs: { version: '9.4.0' },
	event: {
		action: 'user-invited',
		category: ['iam'],
		created: '2026-06-01T10:00:01+02:00',
		duration: 1_000_000,
		id: 'b3d4',
		kind: 'event',
		original: 'x'.repeat(10_000),
		outcome: 'success',
		risk_score: 21.5,
		type: ['user', 'creation'],
	},
	celonis: { anything: null, empty: {}, list: [] },
	dns: { answers: [{ name: 'example.com', ttl: 180 }, { data: '10.0.0.1' }] },
	host: { mac: ['00-00-5E-00-53-23'] },
	labels: { env: 'production' },
	message: 'Ada invited Grace',
	process: { tty: { rows: 24 }, interactive: true },
	related: { ip: ['10.0.0.1', '2001:db8::1'], user: ['ada', 'grace'] },
	source: { geo: { location: { lat: 48.1, lon: 11.6 } }, ip: '10.0.0.1' },
	user: { id: 'ada', target: { email: 'grace@example.com' } },
};

/** What there is to say about the good document with another value at a path. */
const problemsWith = (path: string, value: unknown) =>
	findEcsProblems(change(good, path.split('.'), value));

describe('ecsProblems', () => {
	it('is of the version that it asks for', () => {
		expect(ECS_VERSION).toBe('9.4.0');
	});

	it('has nothing to say about a good document', () => {
		expect(findEcsProblems(good)).toEqual([]);
	});

	it.each([
		'2026-06-01T08:00Z',
		'2026-06-01T08:00:00Z',
		'2026-06-01T08:00:00.123456789+0200',
		'2028-02-29T08:00:00-05:00',
	])('takes the time %s', (time) => {
		expect(problemsWith('@timestamp', time)).toEqual([]);
	});

	it.each([
		'2026-06-01T08:00:00',
		'2026-06-01',
		'2026-02-30T08:00:00Z',
		'2026-06-01T25:00:00Z',
		'June 1, 2026',
		'',
	])('does not take the time "%s"', (time) => {
		expect(problemsWith('@timestamp', time)).toEqual([
			`@timestamp: '${time}' is not an ISO 8601 time with a zone`,
		]);
	});

	it.each([
		'@timestamp',
		'ecs.version',
		'event.action',
		'event.category',
		'event.id',
		'event.kind',
		'event.outcome',
		'event.type',
	])('misses %s', (path) => {
		expect(problemsWith(path, ABSENT)).toContain(`${path}: is missing`);
	});

	it.each<[path: string, value: unknown, problem: string]>([
		// Names
		['user.nickname', 'ada', 'user.nickname: is not an ECS field'],
		['constructor', 'ada', 'constructor: is not an ECS field'],
		['user.id', { number: 1 }, 'user.id: { number: 1 } is not a text that is not empty'],
		['user', 'ada', 'user: is not an ECS field'],
		['dns.answers', [{ color: 'red' }], 'dns.answers.color: is not an ECS field'],
		// Nothing there
		['message', null, 'message: is null'],
		['user.id', undefined, 'user.id: is undefined'],
		['user.target', null, 'user.target: is null'],
		['user', {}, 'user: is an empty object'],
		['user.target', {}, 'user.target: is an empty object'],
		['labels', {}, 'labels: {} is not an object that is not empty'],
		['process.tty', {}, 'process.tty: {} is not an object that is not empty'],
		// Arrays
		['related.user', 'ada', 'related.user: is not an array'],
		['related.user', [], 'related.user: is an empty array'],
		['user.id', ['ada'], 'user.id: is an array'],
		['tags', ['a', null], 'tags: null is not a text that is not empty'],
		// Types
		['message', '', "message: '' is not a text that is not empty"],
		['user.id', 7, 'user.id: 7 is not a text that is not empty'],
		['data_stream.type', 7, 'data_stream.type: 7 is not a text that is not empty'],
		['url.full', false, 'url.full: false is not a text that is not empty'],
		['event.duration', 1.5, 'event.duration: 1.5 is not a whole number'],
		['event.duration', 2 ** 53, `event.duration: ${2 ** 53} is not a whole number`],
		['event.duration', '1', "event.duration: '1' is not a whole number"],
		['event.risk_score', NaN, 'event.risk_score: NaN is not a number'],
		['host.cpu.usage', '0.5', "host.cpu.usage: '0.5' is not a number"],
		['process.interactive', 'yes', "process.interactive: 'yes' is not true or false"],
		['source.ip', '10.0.0.256', "source.ip: '10.0.0.256' is not an IP address"],
		['related.ip', ['host'], "related.ip: 'host' is not an IP address"],
		['labels', 'a', "labels: 'a' is not an object that is not empty"],
		['labels.env', 1, 'labels.env: 1 is not a text that is not empty'],
		['dns.answers', ['a'], "dns.answers: 'a' is not an object that is not empty"],
		['dns.answers', [{ ttl: 'long' }], "dns.answers.ttl: 'long' is not a whole number"],
		[
			'source.geo.location',
			{ lat: 91, lon: 0 },
			'source.geo.location: { lat: 91, lon: 0 } is not a point with lat and lon',
		],
		[
			'@timestamp',
			1_780_300_800_000,
			'@timestamp: 1780300800000 is not an ISO 8601 time with a zone',
		],
		// Values
		['event.outcome', 'partial', "event.outcome: 'partial' is none of failure, success, unknown"],
		['ecs.version', '8.0.0', "ecs.version: '8.0.0' is not '9.4.0'"],
		[
			'host.mac',
			['00:00:5E:00:53:23'],
			"host.mac: '00:00:5E:00:53:23' does not match ^[A-F0-9]{2}(-[A-F0-9]{2}){5,}$",
		],
		['user.id', 'x'.repeat(1025), 'user.id: is longer than 1024'],
		['tags', ['a', 'x'.repeat(1025)], 'tags: is longer than 1024'],
		// Categories and types
		['event.type', ['user', 'start'], "event.type: 'start' is not expected of iam"],
		['event.category', ['iam', 'email'], "event.category: 'email' does not expect creation, user"],
	])('with %s: %p', (path, value, problem) => {
		expect(problemsWith(path, value)).toEqual([problem]);
	});

	it.each([
		['event.category', 'events'],
		['event.type', 'happening'],
	])('lists what %s may be', (path, value) => {
		expect(problemsWith(path, [value, ...(path === 'event.type' ? ['user'] : ['iam'])])).toEqual([
			expect.stringMatching(`^${path}: '${value}' is none of [a-z_, ]+$`),
		]);
	});

	it('takes a category and a type each if there is one for it', () => {
		const event = { ...(good.event as Document), category: ['iam', 'configuration'] };
		expect(findEcsProblems({ ...good, event: { ...event, type: ['user', 'change'] } })).toEqual([]);
	});

	it('looks into custom fields unless they are named', () => {
		expect(findEcsProblems({ ...good, acme: { a: 1 } })).toEqual(['acme.a: is not an ECS field']);
		expect(findEcsProblems({ ...good, acme: { a: 1 } }, ['celonis', 'acme'])).toEqual([]);
	});

	it.each(['user', 'tags', '@timestamp'])('does not have %s as a custom field', (name) => {
		expect(findEcsProblems(good, ['celonis', name])).toEqual([
			`${name}: is a name of ECS, not free for custom fields`,
		]);
	});

	it('names every problem', () => {
		expect(findEcsProblems({ ...good, message: 1, tags: 'a', acme: true })).toHaveLength(3);
	});
});
