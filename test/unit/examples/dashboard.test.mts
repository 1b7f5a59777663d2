import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { EVENT_NAMES } from '../../../nodes/Celonis/sources/auditLog/catalogue.ts';
import { PRESETS, type Preset } from '../../../nodes/Celonis/sources/auditLog/filters/presets.ts';
import { parseUserId } from '../../../nodes/Celonis/sources/auditLog/userId.ts';
import { findSeverityRules } from '../../../nodes/Celonis/sources/auditLog/severity.ts';
import { readExample } from '../../../scripts/n8n/workflows.mts';
import { runCodeNode } from '../../support/codeNode.mts';

const FILE = 'audit-dashboard.json';
const now = DateTime.fromISO('2026-06-10T12:34:56', { zone: 'Europe/Berlin' });

async function request(
	query: IDataObject,
	context: { staticData?: IDataObject; now?: DateTime } = {},
): Promise<IDataObject> {
	const [item] = await runCodeNode(FILE, 'Request', { input: [{ query }], now, ...context });
	return item!.json;
}

/** What is between the values of a column. */
const separator = '¶random';

/** The audit events as the node "Log" has them; without any, there is one empty item. */
function toLog(events: IDataObject[]): IDataObject[] {
	const items = events.length > 0 ? events : [{}];
	const columns = ['timestamp', 'event', 'category', 'userId'].map((name) => [
		`concatenated_${name}`,
		items
			.map(({ [name]: value }) =>
				typeof value === 'object' ? JSON.stringify(value) : String(value),
			)
			.join(separator),
	]);
	return [{ ...(Object.fromEntries(columns) as IDataObject), first: items[0]! }];
}

/** An audit event as the node "Audit events" returns it. */
const createEvent = (changes: IDataObject): IDataObject => ({
	timestamp: '2026-06-10T10:00:00.000Z',
	event: 'DATA_POOL_CREATED',
	category: 'Data Integration',
	userId: 'u1',
	team: 'acme.example',
	...changes,
});

/** Nothing was read: no events, no sign-ins. */
const nothing = {
	Log: toLog([]),
	'Noteworthy events': [{}],
	'Failed sign-ins': [{}],
};

describe('the request of a dashboard', () => {
	it.each([
		['24h', '2026-06-09T13:00:00.000+02:00'],
		['1h', '2026-06-10T12:00:00.000+02:00'],
		['1d', '2026-06-10T00:00:00.000+02:00'],
		['7d', '2026-06-04T00:00:00.000+02:00'],
		// Across the change of the clocks.
		['90d', '2026-03-13T00:00:00.000+01:00'],
		['400d', '2025-05-07T00:00:00.000+02:00'],
	])('begins %s at %s', async (period, from) => {
		expect(await request({ period })).toMatchObject({ period, from, to: now.toISO() });
	});

	it('is for seven days by default', async () => {
		const week = await request({ period: '7d' });
		expect(await request({})).toEqual({ ...week, separator: expect.any(String) });
	});

	it('has a separator that nobody can foresee, so that no name can contain it', async () => {
		const made = await Promise.all([request({}), request({})]);
		const [first, second] = made.map((each) => each.separator);
		expect([typeof first, first === second]).toEqual(['string', false]);
		const { nodes } = await readExample(FILE);
		const { parameters } = nodes.find(({ name }) => name === 'Columns')!;
		const { values } = parameters.fieldsToSummarize as { values: IDataObject[] };
		for (const { customSeparator } of values) {
			expect(customSeparator).toBe("={{ $('Request').first().json.separator }}");
		}
	});

	it.each([
		{ period: '' },
		{ period: '0d' },
		{ period: '7D' },
		{ period: '7d ' },
		{ period: '401d' },
		{ period: '9601h' },
		{ period: '1e3d' },
		{ period: ['7d', '8d'] },
		{ period: { $gt: '' } },
		{ team: '' },
		{ team: 'other' },
		{ Period: '7d' },
		{ __proto__x: '1' },
	])('is refused with a page: %j', async (query) => {
		const { status, html, from } = await request(query as IDataObject);
		expect([status, from]).toEqual([400, undefined]);
		expect(html).toContain('cannot be answered');
	});
});

describe('the page of a dashboard', () => {
	const makePage = async (
		query: IDataObject,
		staticData: IDataObject = {},
		time = now,
		read: Record<string, IDataObject[]> = {},
	) => {
		const context = { staticData, now: time };
		const made = await request(query, context);
		const nodes = { ...nothing, ...read, Request: [{ ...made, separator }] };
		const [item] = await runCodeNode(FILE, 'Page', { ...context, nodes });
		return item!.json;
	};

	it('is made of an empty log too', async () => {
		const { status, html } = await makePage({});
		expect(status).toBe(200);
		expect(html).not.toMatch(/undefined|null|NaN|Invalid/);
	});

	it('says that there are no events, in place of an empty chart', async () => {
		const { html } = await makePage({});
		expect(html).toMatch(
			/<section id="time"><h2>Events over time<\/h2><p class="note">None\.<\/p><\/section>/,
		);
		expect(html).not.toContain('at most');
	});

	it('has all other events beside a record that cannot be read', async () => {
		const timestamp = '2026-06-10T10:00:00.000Z';
		const readable = {
			timestamp,
			event: 'PERMISSIONS_UPDATE',
			category: 'Admin and Settings',
			userId: '1 (ada@example.com)',
			team: 'acme.example',
		};
		const unreadable = { event: 'GROUP_CREATED', team: 'acme.example', recordProblem: 'no time' };
		const broken = { event: { kind: 'pipeline_error' }, error: { message: 'no timestamp' } };
		const noteworthy = {
			'@timestamp': timestamp,
			message: 'ada@example.com granted ADMIN to eve',
			event: { action: 'PERMISSIONS_UPDATE' },
			celonis: { severity: { level: 'high', reason: 'Admin rights' } },
		};
		const { html } = await makePage({}, {}, now, {
			Log: toLog([unreadable, readable]),
			'Noteworthy events': [broken, noteworthy],
		});
		expect(html).toContain('<b>2</b><span>events</span>');
		expect(html).toContain('ada@example.com granted ADMIN to eve');
		expect(html).not.toMatch(/Could not be read|\[object|undefined|NaN|Invalid/);
	});

	it('shows the text of every field as text, and cuts what is long', async () => {
		const attack = `<img src=x onerror=alert(1)>"'&${'x'.repeat(5000)}`;
		const timestamp = '2026-06-10T10:00:00.000Z';
		const person = { id: attack, name: attack, email: attack };
		const noteworthy = {
			'@timestamp': timestamp,
			message: attack,
			event: { action: 'APPLICATION_KEY_CREATED' },
			user: { ...person, target: person },
			group: { name: attack },
			celonis: {
				object: { type: attack, id: attack, name: attack },
				severity: { level: 'high', reason: attack },
			},
		};
		const admin = {
			...noteworthy,
			celonis: { severity: { level: 'high', reason: 'Admin rights' } },
		};
		const event = {
			timestamp,
			event: attack,
			category: attack,
			userId: `${attack} (${attack}@)`,
			team: attack,
		};
		const { html } = await makePage({}, {}, now, {
			Log: toLog([event]),
			'Noteworthy events': [noteworthy, admin],
			'Failed sign-ins': [{ actor: attack, timestamp }],
		});
		expect([/<(img|script)/.test(String(html)), /x{400}/.test(String(html))]).toEqual([
			false,
			false,
		]);
		expect(String(html).split('&#60;img src=x onerror=alert(1)&#62;').length).toBeGreaterThan(12);
	});

	it('shows that only Celonis itself was active', async () => {
		const event = createEvent({ userId: 'celonis-service (SYSTEM)' });
		const { html } = await makePage({}, {}, now, { Log: toLog([event]) });
		expect(html).toContain('<b>1</b><span>event</span>');
		expect(html).toContain('<b>0</b><span>active people and applications</span>');
		expect(html).toMatch(/<section id="people">.*Nobody\./);
		expect(html).not.toContain('celonis-service');
	});

	it('knows people as the node does', async () => {
		const pieces = fc.constantFrom('u1', 'ada@example.com', '(', ')', 'SYSTEM', 'system', ' ', '@');
		const userIds = fc.string({ unit: pieces, maxLength: 5 });
		await fc.assert(
			fc.asyncProperty(fc.array(userIds, { minLength: 1 }), async (drawn) => {
				const events = drawn.map((userId) => createEvent({ userId }));
				const people = drawn.map(parseUserId).filter(({ type }) => type !== 'system');
				const names = new Set(people.map(({ email, id }) => email ?? id ?? 'unknown'));
				const { html } = await makePage({}, {}, now, { Log: toLog(events) });
				expect(html).toContain(`<b>${names.size}</b><span>active p`);
				const shown = /<section id="people">.*?<\/section>/s.exec(String(html))![0];
				const listed = [...shown.matchAll(/<span>(.*?)<\/span>/g)].map(([, name]) => name);
				const shownNames = new Set([...names].map((name) => name.replace(/\s+/g, ' ')));
				expect(listed.filter((name) => !shownNames.has(name!))).toEqual([]);
			}),
			{ numRuns: 100 },
		);
	});

	it('shows a name on one line, in its own direction, and cuts no character in half', async () => {
		const noteworthy = {
			'@timestamp': '2026-06-10T10:00:00.000Z',
			message: 'x',
			user: { name: '\u202egnp.exe', target: { name: `${'x'.repeat(299)}🎉 and more` } },
			group: {},
			celonis: { severity: { level: 'high', reason: 'a\r\nb\u0000' } },
		};
		const { html } = await makePage({}, {}, now, { 'Noteworthy events': [noteworthy] });
		expect(html).toContain('<td data-name="Who"> gnp.exe</td>');
		expect(html).toContain('</span>: a b </td>');
		expect(html).toContain(`${'x'.repeat(299)}…</td>`);
	});

	it('counts the failed sign-ins of a person in any case of the e-mail address', async () => {
		const timestamp = '2026-06-10T10:00:00.000Z';
		const actors = ['Ada@example.com', 'ada@example.com', 'ADA@EXAMPLE.COM', 'bob@example.com'];
		const { html } = await makePage({}, {}, now, {
			'Failed sign-ins': actors.map((actor) => ({ actor, timestamp })),
		});
		const section = /<section id="sign-ins">.*?<\/section>/s.exec(String(html))![0];
		const people = [...section.matchAll(/<div><span>(.*?)<\/span><b>(\d+)<\/b>/g)];
		expect(people.map(([, name, count]) => [name, count])).toEqual([
			['Ada@example.com', '3'],
			['bob@example.com', '1'],
		]);
	});

	it('has one failed sign-in', async () => {
		const { html } = await makePage({}, {}, now, {
			'Failed sign-ins': [{ actor: 'ada@example.com', timestamp: '2026-06-10T10:00:00.000Z' }],
		});
		expect(html).toContain('<b>1</b><span>failed sign-in</span>');
	});

	it('is not kept if a log could not be read, and says which', async () => {
		const error = { error: 'Celonis returned 403', details: '<b>' };
		const staticData: IDataObject = {};
		const partial = await makePage({}, staticData, now, { 'Failed sign-ins': [error] });
		expect(partial.status).toBe(200);
		expect(partial.html).toMatch(
			/id="sign-ins">.*Could not be read.*Celonis returned 403\. &#60;b&#62;/,
		);
		expect(partial.html).not.toContain('shows the same page');
		const none = await makePage({}, staticData, now, { Log: toLog([error]) });
		expect(none.status).toBe(502);
		expect(none.html).toContain('Celonis returned 403. &#60;b&#62;');
		expect(staticData).toEqual({});
	});

	it('bears line breaks in names, and other values than texts', async () => {
		const userIds = ['svc\n', 'u1\n(ada@example.com)', 5, null, { id: 'u2' }];
		const names = { event: 'A\nB', category: 'Admin\r\nand Settings' };
		const events = userIds.map((userId) => createEvent({ ...names, userId }));
		const { status, html } = await makePage({}, {}, now, { Log: toLog(events) });
		expect(status).toBe(200);
		expect(html).toContain('<b>5</b><span>events</span>');
		expect(html).toContain('<span>ada@example.com</span>');
	});

	it('counts the events of a team whose first record names no team', async () => {
		const event = createEvent({ team: 0 });
		const { html } = await makePage({}, {}, now, { Log: toLog([event, event]) });
		expect(html).toContain('<b>2</b><span>events</span>');
	});

	it('bears any name, also one with the beginning of the separator', async () => {
		const event = createEvent({ event: 'A¶B', category: '¶', userId: '¶¶ (¶@example.com)' });
		const { status, html } = await makePage({}, {}, now, { Log: toLog([event, event]) });
		expect(status).toBe(200);
		expect(html).toContain('<b>2</b><span>events</span>');
		expect(html).toContain('<span>¶@example.com</span>');
	});

	it('is an error if a name makes the columns unequal, rather than a page of wrong numbers', async () => {
		const event = createEvent({ event: `A${separator}B` });
		const { status, html } = await makePage({}, {}, now, { Log: toLog([event]) });
		expect(status).toBe(502);
		expect(html).toContain('Reload the page');
	});

	it('has the keys that neither they nor, for API keys, their owners have used', async () => {
		const make = (action: string, object: IDataObject, at: string) => ({
			'@timestamp': `2026-06-09T${at}.000Z`,
			event: { action },
			user: { email: 'Ada@example.com' },
			celonis: { object, severity: { level: 'medium', reason: 'Sign-on and keys' } },
		});
		const act = (userId: string, at: string) =>
			createEvent({ userId, timestamp: `2026-06-09T${at}.000Z` });
		const { html } = await makePage({}, {}, now, {
			Log: toLog([
				act('used', '11:00:00'),
				act('1 (ada@example.com)', '11:00:00'),
				act('before', '09:00:00'),
			]),
			'Noteworthy events': [
				make('APPLICATION_KEY_CREATED', { id: 'used', name: 'Key U' }, '10:00:00'),
				make('APPLICATION_KEY_CREATED', { id: 'before', name: 'Key B' }, '10:00:00'),
				make('APPLICATION_KEY_CREATED', { id: 'gone', name: 'Key G' }, '10:00:00'),
				make('APPLICATION_KEY_DELETED', { id: 'gone', name: 'Key G' }, '10:30:00'),
				make('APPLICATION_KEY_CREATED', {}, '10:00:00'),
				make('APPLICATION_KEY_DELETED', {}, '10:30:00'),
				make('USER_GENERATE_API_KEY', { name: 'Key O' }, '10:00:00'),
				make('USER_GENERATE_API_KEY', { name: 'Key N' }, '12:00:00'),
			],
		});
		const keys = /<section id="keys">.*?<\/section>/s.exec(String(html))![0];
		expect(keys.match(/Key \w/g)).toEqual(['Key B', 'Key N']);
		expect(keys.match(/<td class="when">/g)).toHaveLength(3);
	});

	it('is kept for a minute, for its own period', async () => {
		const staticData: IDataObject = {};
		const { html } = await makePage({ period: '7d' }, staticData);
		expect(html).toContain('Reloading within a minute shows the same page.');
		const later = (seconds: number) => ({ staticData, now: now.plus({ seconds }) });
		expect(await request({ period: '7d' }, later(59))).toEqual({ status: 200, html });
		expect(await request({ period: '7d' }, later(61))).toMatchObject({ period: '7d' });
		expect(await request({ period: '8d' }, later(1))).toMatchObject({ period: '8d' });
	});

	it('takes the place of older pages', async () => {
		const staticData: IDataObject = {};
		for (let days = 1; days <= 9; days++) await makePage({ period: `${days}d` }, staticData);
		const pages = staticData.pages as IDataObject[];
		expect(pages.map(({ period }) => period)).toEqual(['9d', '8d', '7d', '6d']);
		await makePage({ period: '1d' }, staticData, now.plus({ minutes: 2 }));
		expect(staticData.pages).toHaveLength(1);
	});
});

it('reads every documented event of medium severity or above', async () => {
	const { nodes } = await readExample(FILE);
	const { parameters } = nodes.find(({ name }) => name === 'Noteworthy events')!;
	const { preset: presets } = parameters.filters as { preset: Preset[] };
	const read = new Set<string>(presets.flatMap((preset) => [...PRESETS[preset].events]));
	const noteworthy = EVENT_NAMES.filter((name) =>
		findSeverityRules(name)
			// Only events about permissions can grant one.
			.filter(({ when }) => when !== 'adminPermission')
			.some(({ level }) => ['critical', 'high', 'medium'].includes(level)),
	);
	expect(noteworthy.length).toBeGreaterThan(60);
	expect(noteworthy.filter((name) => !read.has(name))).toEqual([]);
});
