import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { runCodeNode } from '../../support/codeNode.mts';

const now = DateTime.fromISO('2026-06-10T12:34:56', { zone: 'Europe/Berlin' });

const FILE = 'access-review.json';

async function request(query: IDataObject): Promise<IDataObject> {
	const [item] = await runCodeNode(FILE, 'Request', { input: [{ query }], now });
	return item!.json;
}

/** The answer to a request. */
async function respond(
	query: IDataObject,
	permissions: IDataObject[],
	events: IDataObject[] = [{}],
): Promise<IDataObject> {
	const nodes = {
		Request: [await request(query)],
		Permissions: permissions,
		'Grants and keys': events,
	};
	const [item] = await runCodeNode(FILE, 'Review', { nodes, now });
	return item!.json;
}

/** The rows of the CSV file. */
async function readRows(
	permissions: IDataObject[],
	events?: IDataObject[],
	separator = ',',
): Promise<Array<Record<string, string>>> {
	const { body } = await respond({ format: 'csv', separator }, permissions, events);
	return parse(String(body), { columns: true, bom: true, delimiter: separator });
}

/** The findings of a review by subject ID. */
async function review(permissions: IDataObject[], events?: IDataObject[]) {
	const rows = await readRows(permissions, events);
	return Object.fromEntries(rows.map((row) => [row['Subject ID'], row.Findings]));
}

const application = (subjectId: string, subjectName: string) => ({
	subjectType: 'APPLICATION',
	subjectId,
	subjectName,
	actions: ['READ'],
});

const user = (member: IDataObject | undefined) => ({
	subjectType: 'USER',
	subjectId: 'u-1',
	subjectName: 'Ada',
	actions: ['READ'],
	member,
});

const keyMade = (target: IDataObject, timestamp: string) => ({
	'@timestamp': timestamp,
	event: { action: 'APPLICATION_KEY_CREATED' },
	entity: { target },
});

describe('an access review', () => {
	it('knows the age of a key by the ID of its application, not by a name that others have', async () => {
		const permissions = [application('app-1', 'ETL'), application('app-2', 'ETL')];
		const events = [keyMade({ id: 'app-2', name: 'ETL' }, '2026-06-09T00:00:00.000Z')];
		expect(await review(permissions, events)).toEqual({
			'app-1': expect.stringContaining('unknown age'),
			'app-2': '',
		});
	});

	it('knows it by the name if the event has no ID', async () => {
		const events = [keyMade({ name: 'ETL' }, '2025-01-01T00:00:00.000Z')];
		const findings = await review([application('app-1', 'ETL')], events);
		expect(findings['app-1']).toMatch(/key is \d+ days old/);
	});

	it('reports what is neither a person, a group nor an application', async () => {
		const permissions = ['SERVICE', undefined, 'GROUP'].map((subjectType, i) => ({
			...application(`s-${i}`, 'x'),
			subjectType,
		}));
		expect(await review(permissions)).toEqual({
			's-0': 'type is SERVICE: check by hand',
			's-1': 'type is missing: check by hand',
			's-2': '',
		});
	});

	it('reads the log although a record of it cannot be read', async () => {
		const broken = { event: { kind: 'pipeline_error' }, error: { message: 'no timestamp' } };
		const made = keyMade({ id: 'app-1' }, '2026-06-09T00:00:00.000Z');
		expect(await review([application('app-1', 'ETL')], [broken, made])).toEqual({ 'app-1': '' });
	});

	it.each([
		['12/10/2023, 6:49:07 AM UTC', '2023-12-10'],
		['12/10/2023, 6:49:07\u202fAM UTC', '2023-12-10'],
		// 23:30 in UTC is the next day in Berlin.
		['1/5/2026, 11:30:00 PM UTC', '2026-01-06'],
		['2026-01-05T23:30:00Z', '2026-01-06'],
		['2026-01-05T23:30:00', '2026-01-06'],
	])('knows that the last sign-in at %j is long ago', async (lastLogin, day) => {
		const [row] = await readRows([user({ status: 'Active', lastLogin })]);
		expect(row).toMatchObject({
			'Last sign-in': day,
			Findings: expect.stringMatching(/^no sign-in for \d+ days$/),
		});
	});

	it.each([
		[{ status: 'Active', lastLogin: '6/9/2026, 6:49:07 AM UTC' }, ''],
		[{ status: ' ACTIVE ', lastLogin: '6/9/2026, 6:49:07 AM UTC' }, ''],
		[{ status: 'Active', lastLogin: '3/12/2026, 10:34:56 AM UTC' }, ''],
		[{ status: 'Active', lastLogin: '3/11/2026, 9:34:56 AM UTC' }, 'no sign-in for 91 days'],
		[{ status: 'Active', lastLogin: null }, 'has never signed in'],
		[{ status: 'Active', lastLogin: 'yesterday' }, 'last sign-in cannot be read'],
		[{ status: 'Active', lastLogin: 1_767_225_600 }, 'last sign-in cannot be read'],
		[{ status: 'Inactive', lastLogin: '6/9/2026, 6:49:07 AM UTC' }, 'account is inactive'],
		[undefined, 'is not a member any more'],
	])('finds of a member %j: %j', async (member, finding) => {
		expect(await review([user(member)])).toEqual({ 'u-1': finding });
	});

	it('shows the text of every field as text', async () => {
		const attack = `<img src=x onerror=alert(1)>"'&${'x'.repeat(5000)}`;
		const texts = ['subjectName', 'subjectId', 'subjectType', 'role', 'service', 'team'];
		const permission = {
			...Object.fromEntries(
				[...texts, 'objectId', 'objectName', 'objectType'].map((name) => [name, attack]),
			),
			actions: [attack],
			member: { name: attack, email: attack, status: attack, lastLogin: attack },
		};
		const permissions = ['USER', 'APPLICATION', attack].map((subjectType) => ({
			...permission,
			subjectType,
		}));
		const { status, body } = await respond({}, permissions, [{ error: attack, details: attack }]);
		expect(status).toBe(200);
		expect([/<(img|script)/.test(String(body)), /x{700}/.test(String(body))]).toEqual([
			false,
			false,
		]);
		expect(String(body).split('&#60;img src=x onerror=alert(1)&#62;').length).toBeGreaterThan(10);
	});

	it('names who has no name by the ID, and what has no name by its ID', async () => {
		const blank = { subjectName: ' ', objectName: ' ', objectId: 'o-1' };
		const [row] = await readRows([{ ...user({ name: '', status: 'Active' }), ...blank }]);
		expect(row).toMatchObject({ Subject: 'u-1', Object: 'o-1' });
	});

	it('reads actions that are named objects', async () => {
		const [row] = await readRows([
			{ ...user(undefined), actions: [{ name: 'READ' }, null, 'EDIT'] },
		]);
		expect(row).toMatchObject({ Actions: 'READ, EDIT' });
	});

	it('tells those apart who have the same name', async () => {
		const permissions = ['app-1', 'app-2', 'app-2'].map((id, i) => ({
			...application(id, 'ETL'),
			objectName: `Pool ${i}`,
		}));
		const { body } = await respond({}, permissions);
		const section = /<section id="all">.*?<\/section>/s.exec(String(body))![0];
		const rows = [...section.matchAll(/"Rights">(\d+)<\/td><td data-name="Objects">(.*?)<\/td>/g)];
		expect(rows.map(([, rights, objects]) => [rights, objects])).toEqual([
			['2', 'Pool 1, Pool 2'],
			['1', 'Pool 0'],
		]);
	});

	it('counts the objects that it does not name', async () => {
		const permissions = Array.from({ length: 30 }, (_, i) => ({
			...user(undefined),
			objectName: `Package ${i + 1}`,
		}));
		const { body } = await respond({}, permissions);
		const section = /<section id="all">.*?<\/section>/s.exec(String(body))![0];
		expect(section).toContain('Package 1, Package 2, ');
		expect(section).toContain('Package 10 and 20 more</td>');
	});

	it('has one permission', async () => {
		expect((await respond({}, [user(undefined)])).body).toContain(
			'<b>1</b><span>permission</span>',
		);
	});

	it('lists hundreds, and counts the rest of thousands', async () => {
		const permissions = Array.from({ length: 3000 }, (_, i) => ({
			...user(undefined),
			subjectId: `u-${i}`,
			subjectName: `User ${i}`,
		}));
		const { body } = await respond({}, permissions);
		expect(body).toContain('<b>3,000</b><span>permissions</span>');
		expect(body).toContain('And 2,600 more in the CSV file.');
		expect(await readRows(permissions)).toHaveLength(3000);
	});

	it('that lacks the audit log says so, and is no file', async () => {
		const error = [{ error: 'Celonis returned 403' }];
		const page = await respond({}, [user(undefined)], error);
		const file = await respond({ format: 'csv' }, [user(undefined)], error);
		expect(page).toMatchObject({ status: 200, body: expect.stringContaining('returned 403') });
		expect(file).toMatchObject({
			status: 502,
			type: 'text/html',
			disposition: 'inline',
			body: expect.stringContaining('Celonis returned 403'),
		});
	});
});

describe('the CSV file of an access review', () => {
	it.each([',', ';'])('has all values between %j', async (separator) => {
		const name = 'a,b;c "d"\r\ne\tf';
		const [row] = await readRows([{ ...user(undefined), subjectName: name }], [{}], separator);
		expect(row).toMatchObject({ Subject: 'a,b;c "d" e\tf', 'Subject ID': 'u-1', Actions: 'READ' });
	});

	it.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', '＝1', '＋1', '－1', '＠1'])(
		'has no formula %j',
		async (text) => {
			const [row] = await readRows([{ ...user(undefined), subjectName: text, actions: [text] }]);
			const safe = `'${text.replace(/[\r\n]/, ' ')}`;
			expect(row).toMatchObject({ Subject: safe, Actions: safe });
		},
	);

	it.each([
		[{ separator: ';' }, 'Only the format csv has a separator.'],
		[{ format: 'csv', separator: '|' }, '&#34;|&#34; is not a separator.'],
		[{ format: 'csv', separator: [',', ';'] }, '&#34;,,;&#34; is not a separator.'],
		[{ format: ['csv', 'csv'] }, 'is not a format.'],
		[{ Format: 'csv' }, 'There is no parameter &#34;Format&#34;.'],
	])('is refused for %j', async (query, message) => {
		const { status, body } = await request(query);
		expect(status).toBe(400);
		expect(body).toContain(message);
	});
});
