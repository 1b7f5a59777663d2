import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { DateTime } from 'luxon';
import { auditLog } from '../../../nodes/Celonis/sources/auditLog/index.ts';
import { demoLogin } from '../../../scripts/n8n/owner.mts';
import type { RestClient } from '../../../scripts/n8n/rest.mts';
import { createFullAccessTeam } from '../../../scripts/n8n/simulatedTeam.mts';
import { readExample } from '../../../scripts/n8n/workflows.mts';
import { fullAccessAppKey } from '../../celonis/access.mts';
import { createCompanyTeam } from '../../celonis/company/team.mts';
import type { LogEntry } from '../../celonis/log.mts';
import type { Member } from '../../celonis/members.mts';
import { permissionsPath, type Permission } from '../../celonis/permissions.mts';
import type { AuditRecord } from '../../celonis/records.mts';
import { createRecord } from '../../celonis/testRecords.mts';
import { Editor } from '../support/editor.mts';
import { startBrowser, type TestBrowser } from '../support/browser.mts';
import { startExampleHarness, type ExampleHarness } from '../support/exampleHarness.mts';
import { findQuietZone } from '../support/exampleLog.mts';
import { getExecutions, runWorkflow, type Json } from '../support/executions.mts';
import { startMailbox } from '../support/receivers/mailbox.mts';
import { parseLogEntry } from '../support/records.mts';
import { checkPage, openPage, savePagePicture } from '../support/webPage.mts';
import { publish, unpublish, waitForPublication } from '../support/workflows.mts';
import { DAY_MS, HOUR_MS } from '../../support/durations.mts';

const SEED = 20_260;
const zone = findQuietZone();
const reader = { user: 'auditor', password: 'e2e-page-password' };
const markup = `"><script>document.title='attacked'</script><b>'&amp;`;

/** A company with 13 months of history, as `npm start` has it, and a record that tries to be markup. */
describe('the example workflows that make pages and mails', () => {
	const now = Date.now();
	const team = createCompanyTeam(SEED, now, { eventsPerMinute: 0 });
	let harness: ExampleHarness;
	let browser: TestBrowser;

	beforeAll(async () => {
		team.log.append({
			...createRecord(now - HOUR_MS),
			userId: `x-1 (${markup}@example.com)`,
			event: 'PERMISSIONS_UPDATE',
			message: {
				subject_description: markup,
				subject_type: 'USER',
				new_permissions: ['ADMIN'],
				old_permissions: [],
			},
		});
		team.log.append({
			...createRecord(now - 2 * HOUR_MS),
			event: 'PERMISSIONS_UPDATE',
			message: {
				subject_description: '=HYPERLINK("http://example.com")',
				subject_type: 'GROUP',
				object_description: '@SUM(1)',
				object_id: 'o-1',
				new_permissions: ['READ'],
				old_permissions: [],
			},
		});
		harness = await startExampleHarness(team.log, team, createFullAccessTeam);
		browser = await startBrowser({
			httpCredentials: { username: reader.user, password: reader.password },
		});
	});

	afterAll(async () => {
		await browser?.close();
		await harness?.close();
	});

	/** Imports an example, with a credential for its node that is not one of Celonis. Returns its id. */
	const addExample = async (file: string, type: string, data: object): Promise<string> => {
		const credentials = { [type]: await harness.credential(type, data) };
		return await harness.add(file, { timezone: zone, credentials });
	};

	/** Imports an example and publishes it. Returns its id. */
	const publishExample = async (file: string): Promise<string> => {
		const { api } = harness.n8n;
		const id = await addExample(file, 'httpBasicAuth', reader);
		await publish(api, id);
		await waitForPublication(api, id);
		return id;
	};

	const getEntries = (from: DateTime): LogEntry[] =>
		team.log.getVisible(Date.now()).filter(({ timestamp }) => timestamp >= from.toMillis());
	const countRequests = () =>
		harness.celonis.requests.filter(({ method }) => method === 'GET').length;

	test('audit-dashboard: five clicks from the start page of n8n to the dashboard', async () => {
		const { api } = harness.n8n;
		await removeCredential(api, 'celonisApi');
		const editor = new Editor(browser.profile, api.url);
		await editor.signIn(demoLogin);
		const text = JSON.stringify(await readExample('audit-dashboard.json'));

		// Clicks: 1. Create workflow, 2. Webhook, 3. Connect to Basic Auth, 4. Save, 5. Publish.
		const canvas = await editor.pasteIntoNewWorkflow(text);
		const panel = await canvas.openNode('Webhook');
		const dialog = await panel.connect('Basic Auth');
		await dialog.fill({ User: reader.user, Password: reader.password });
		await dialog.saveUntested();
		await panel.leaveWithEscape();
		await canvas.publishWithEnter();
		const page = await browser.profile.newPage();
		await page.goto(`${api.url}/webhook/celonis-audit-dashboard`);

		expect(await readTile(page, 'events')).toBeGreaterThan(300);
		await unpublish(api, canvas.getWorkflowId());
		await editor.leave();
	});

	describe('audit-dashboard', () => {
		const today = DateTime.now().setZone(zone).startOf('day');
		let id: string;
		let url: string;

		beforeAll(async () => {
			id = await publishExample('audit-dashboard.json');
			url = `${harness.n8n.api.url}/webhook/celonis-audit-dashboard`;
		});

		test('answers nobody without the credential', async () => {
			const before = countRequests();
			const wrong = `Basic ${Buffer.from('auditor:guess').toString('base64')}`;
			const responses = [await fetch(url), await fetch(url, { headers: { authorization: wrong } })];
			expect(responses.map(({ status }) => status)).toEqual([401, 401]);
			expect(responses[0]!.headers.get('www-authenticate')).toMatch(/^Basic/);
			expect(countRequests()).toBe(before);
		});

		test('shows a year: what is on the page is what is in the logs', async () => {
			const from = today.minus({ days: 399 });
			const before = harness.celonis.requests.length;
			const page = await openPage(browser, `${url}?period=400d`, 'dashboard-year');
			// The days of the company go on while the page is looked at.
			const ends = harness.celonis.requests.slice(before).map(({ query }) => query.to ?? '');
			const until = Math.max(...ends.filter((end) => end !== '').map(Date.parse));
			const records = getEntries(from)
				.filter(({ timestamp }) => timestamp < until)
				.map((entry) => parseLogEntry(entry) as unknown as AuditRecord);
			const failures = team.logins.log
				.getVisible(Date.now())
				.filter(({ timestamp }) => timestamp >= from.toMillis() && timestamp < until)
				.filter((entry) => parseLogEntry(entry).success === false);

			expect(await readTile(page, 'events')).toBe(records.length);
			expect(await readTile(page, 'failed sign-ins')).toBe(failures.length);
			expect(records.length).toBeGreaterThan(30_000);
			expect(failures.length).toBeGreaterThan(300);
			expect(await sumBars(page)).toBe(records.length);
			const levels = records.map(getLevel);
			const count = (...wanted: string[]) => levels.filter((each) => wanted.includes(each)).length;
			expect(await readTile(page, 'critical or high')).toBe(count('critical', 'high'));
			expect(await readTile(page, 'medium')).toBe(count('medium'));
			expect(await readList(page, '#people')).toEqual(countPeople(records).slice(0, 10));
			expect(await readList(page, '#exports')).toEqual(
				countPeople(records.filter(({ event }) => event.startsWith('ANALYSIS_EXPORT_'))).slice(
					0,
					10,
				),
			);
			expect((await readRows(page, '#admins')).map(([when]) => when)).toEqual(
				records.filter(makesAdmin).map(formatTime).reverse(),
			);
			expect((await readRows(page, '#keys')).map(([when]) => when)).toEqual(
				findUnusedKeys(records).map(formatTime),
			);
			await savePagePicture(page, 'dashboard');
			await page.close();
		});

		test('shows text as text, and loads and runs nothing', async () => {
			const page = await openPage(browser, url, 'dashboard-week');
			const [when, , who, whom, what] = (await readRows(page, '#noteworthy'))[0]!;

			expect(when).toBe(
				DateTime.fromMillis(now - HOUR_MS)
					.setZone(zone)
					.toFormat('yyyy-MM-dd HH:mm'),
			);
			for (const cell of [who, whom, what]) expect(cell).toContain(markup.slice(0, 20));
			expect(await page.locator('script').count()).toBe(0);
			expect(await page.title()).toBe(`Audit log of ${new URL(harness.celonis.url).host}`);
			expect(browser.outsideRequests).toEqual([]);
			const policy = await page.locator('meta[http-equiv]').getAttribute('content');
			expect(policy).toMatch(
				/^default-src 'none'; style-src 'nonce-\w+'; base-uri 'none'; form-action 'none'$/,
			);
			await page.close();
		});

		test('reads the logs once a minute', async () => {
			const before = countRequests();
			const first = await getText(`${url}?period=3h`);
			const between = countRequests();
			const again = await getText(`${url}?period=3h`);
			expect(between).toBeGreaterThan(before);
			expect(countRequests()).toBe(between);
			expect(again).toEqual(first);
		});

		test('is the same for those who open it at the same time', async () => {
			const pages = await Promise.all([1, 2, 3].map(async () => await getText(`${url}?period=6h`)));
			expect(pages.map(({ status }) => status)).toEqual([200, 200, 200]);
			const before = countRequests();
			const later = await getText(`${url}?period=6h`);
			expect(pages).toContainEqual(later);
			expect(countRequests()).toBe(before);
		});

		test.each([
			['period=<script>alert(1)</script>', '"<script>alert(1)</script>" is not a period.'],
			['period={{ $env.PATH }}', '"{{ $env.PATH }}" is not a period.'],
			['period=401d', '"401d" is not a period.'],
			['period=7d&period=8d', '"period" may appear only once.'],
			['team=other.celonis.cloud', '"other.celonis.cloud" is not one of the teams'],
			['perod=7d', 'There is no parameter "perod".'],
		])('refuses ?%s with a page that says why', async (query, message) => {
			const before = countRequests();
			const page = await browser.profile.newPage();
			const response = await page.goto(`${url}?${query}`);
			expect(response!.status()).toBe(400);
			expect(await page.locator('section').innerText()).toContain(message);
			expect(await page.locator('script').count()).toBe(0);
			expect(countRequests()).toBe(before);
			await page.close();
		});

		test('says which log cannot be read', async () => {
			harness.celonis.access.loginHistoryEnabled = false;
			const partial = await getText(`${url}?period=4h`);
			harness.celonis.access.auditApiEnabled = false;
			const none = await getText(`${url}?period=5h`);
			harness.celonis.access.auditApiEnabled = true;
			harness.celonis.access.loginHistoryEnabled = true;
			expect(partial.status).toBe(200);
			expect(partial.body).toMatch(/id="sign-ins">.*Could not be read\..*Celonis returned 403/);
			expect(none.status).toBe(502);
			expect(none.body).toContain('Celonis returned 403');
		});

		test('leaves no events in the executions of n8n', async () => {
			expect(await getExecutions(harness.n8n.api, id)).toEqual([]);
		});
	});

	test('weekly-summary: the week beside the week before, in HTML and as text', async () => {
		const mailbox = await startMailbox();
		const server = { host: '127.0.0.1', port: mailbox.port, secure: false, disableStartTls: true };
		const id = await addExample('weekly-summary.json', 'smtp', {
			user: '',
			password: '',
			...server,
		});
		const { status } = await runWorkflow(harness.n8n.api, id, 'Run by hand');
		await mailbox.close();

		const today = DateTime.now().setZone(zone).startOf('day');
		const [from, before] = [today.minus({ days: 7 }), today.minus({ days: 14 })];
		const read = (start: DateTime, end: DateTime) =>
			getEntries(start)
				.filter(({ timestamp }) => timestamp < end.toMillis())
				.map((entry) => parseLogEntry(entry) as unknown as AuditRecord);
		const [records, earlier] = [read(from, today), read(before, from)];
		const [mail, ...others] = mailbox.mails;
		const html = mail!.bodies['text/html']!;
		const text = mail!.bodies['text/plain']!;
		expect([status, others.length]).toEqual(['success', 0]);
		expect(mail).toMatchObject({ from: 'audit-log@example.com', to: ['security@example.com'] });
		expect(mail!.subject).toBe(
			`Celonis audit log, ${from.toFormat('d LLLL')} to ${today.minus({ days: 1 }).toFormat('d LLLL yyyy')}`,
		);
		// What some mail programs remove.
		expect(html).not.toMatch(/<(svg|script|style|img|link|form)\b/);

		const page = await browser.profile.newPage();
		await page.setContent(html);
		await checkPage(page, 'weekly-summary');
		const tables = await readMailTables(page);
		await page.close();
		expect(records.length).toBeGreaterThan(100);
		expect(html).toContain(`>${records.length} events last week</h1>`);
		for (const name of ['By day', 'By category']) {
			expect(sumRows(tables[name]!)).toEqual([records.length, earlier.length]);
		}
		expect(tables['By day']!.map(({ now }) => now)).toEqual(
			Array.from({ length: 7 }, (_, day) => {
				const start = from.plus({ days: day });
				return read(start, start.plus({ days: 1 })).length;
			}),
		);
		const people = countPeople(records).slice(0, 8);
		const peopleBefore = new Map(countPeople(earlier));
		expect(new Set(tables['Most active']!.map(({ now }) => now))).toEqual(
			new Set(people.map(([, count]) => count)),
		);
		for (const { name, before: count } of tables['Most active']!) {
			expect(count).toBe(peopleBefore.get(name) ?? 0);
		}
		for (const { name, now: count } of Object.values(tables).flat()) {
			expect(text).toMatch(new RegExp(` ${count} +\\([\\d,]+\\)  ${escapeRegExp(name)}$`, 'm'));
		}
	});

	describe('access-review', () => {
		let url: string;
		let permissions: Permission[];
		let members: Member[];

		beforeAll(async () => {
			await publishExample('access-review.json');
			url = `${harness.n8n.api.url}/webhook/celonis-access-review`;
			permissions = (await getFromCelonis<{ permissions: Permission[] }>(permissionsPath))
				.permissions;
			members = team.members(Date.now()).map(({ member }) => member);
		});

		/** Asks the simulated team itself. */
		const getFromCelonis = async <T,>(path: string): Promise<T> => {
			const authorization = `AppKey ${fullAccessAppKey.key}`;
			const response = await fetch(harness.celonis.url + path, { headers: { authorization } });
			return (await response.json()) as T;
		};
		const findMember = ({ subjectType, subjectId }: Permission) =>
			subjectType === 'USER' ? members.find(({ userId }) => userId === subjectId) : undefined;

		test('CSV: all permissions, with sign-in and grant, and no formula', async () => {
			const { status, body } = await getText(`${url}?format=csv`);
			const rows = parse(body, { bom: true, columns: true }) as Array<Record<string, string>>;

			expect(status).toBe(200);
			expect(rows).toHaveLength(permissions.length);
			expect(permissions.length).toBeGreaterThan(100);
			expect(rows.map(({ Object: object }) => object)).toContain("'@SUM(1)");
			for (const row of rows.flatMap((each) => Object.values(each))) {
				expect(row).not.toMatch(/^[=+\-@]/);
			}
			const grants = getEntries(DateTime.fromMillis(0))
				.map((entry) => parseLogEntry(entry) as unknown as AuditRecord)
				.filter(({ event, message }) => event === 'PERMISSIONS_UPDATE' && grantsMore(message));
			let granted = 0;
			for (const permission of permissions) {
				// Objects have the same name, and people have changed theirs.
				const row = rows.find(
					(cells) =>
						cells['Subject ID'] === permission.subjectId &&
						cells['Object ID'] === permission.objectId,
				);
				const grant = grants.findLast(({ message }) => {
					const { subject_description: subject, object_id: id } = message as Json;
					return subject === permission.subjectName && id === permission.objectId;
				});
				expect(row).toMatchObject({
					Actions: permission.actions.join(', '),
					Status: findMember(permission)?.status ?? '',
				});
				if (!grant) continue;
				granted++;
				expect(row).toMatchObject({
					'Granted by': getPerson(grant),
					'Granted on': formatTime(grant).slice(0, 10),
				});
			}
			expect(granted).toBeGreaterThan(50);
		});

		test('page: people who left, dormant accounts and old keys', async () => {
			const page = await openPage(browser, url, 'access-review');
			const users = permissions.filter(({ subjectType }) => subjectType === 'USER');
			const left = users.filter((each) => findMember(each)?.status === 'Inactive');
			const gone = users.filter((each) => !findMember(each));

			expect(await readTile(page, 'permissions')).toBe(permissions.length);
			expect(left.length).toBeGreaterThan(3);
			expect(await readTile(page, 'of people who left')).toBe(left.length + gone.length);
			expect(await readRows(page, '#left')).toHaveLength(left.length + gone.length);
			const dormant = users.filter((each) => {
				const { status, lastLogin } = findMember(each) ?? {};
				if (status === undefined || status === 'Inactive') return false;
				const days = lastLogin ? (now - Date.parse(lastLogin)) / DAY_MS : Infinity;
				return days > 91;
			});
			expect(await readTile(page, 'of dormant accounts')).toBe(dormant.length);
			for (const [, finding] of await readRows(page, '#key')) {
				expect(finding).toMatch(/^key is \d+ days old$|^key of unknown age/);
			}
			await page.close();
		});

		test('refuses another format', async () => {
			const { status, body } = await getText(`${url}?format=<b>`);
			expect(status).toBe(400);
			expect(body).toContain('&#34;&#60;b&#62;&#34; is not a format.');
		});
	});

	async function getText(url: string): Promise<{ status: number; body: string }> {
		const { user, password } = reader;
		const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
		const response = await fetch(url, { headers: { authorization } });
		return { status: response.status, body: await response.text() };
	}
});

/** Removes the key, so that there is one credential of Celonis, as a user has it. */
async function removeCredential(api: RestClient, type: string): Promise<void> {
	const credentials = await api.get<Array<{ id: string; type: string }>>('/rest/credentials');
	for (const { id } of credentials.filter((each) => each.type === type)) {
		await api.delete(`/rest/credentials/${id}`);
	}
}

async function readTile(page: Page, text: string): Promise<number> {
	const tile = page
		.locator('.tile')
		.filter({ has: page.locator('span', { hasText: new RegExp(`^${text}$`) }) });
	return Number((await tile.locator('b').innerText()).replaceAll(',', ''));
}

/** The heights of all bars: their unit is one event. */
async function sumBars(page: Page): Promise<number> {
	const heights = await page
		.locator('#time .chart rect')
		.evaluateAll((rects) => rects.map((rect) => Number(rect.getAttribute('height'))));
	return heights.reduce((total, height) => total + height, 0);
}

async function readList(page: Page, section: string): Promise<Array<[string, number]>> {
	const texts = await page
		.locator(`${section} li div`)
		.evaluateAll((rows) =>
			rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
		);
	return texts.map(([name, count]) => [name!, Number(count!.replaceAll(',', ''))]);
}

async function readRows(page: Page, section: string): Promise<string[][]> {
	return await page
		.locator(`${section} tbody tr`)
		.evaluateAll((rows) =>
			rows.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
		);
}

interface WeekRow {
	name: string;
	now: number;
	before: number;
}

/** The rows below each heading of the mail that compare two weeks. */
async function readMailTables(page: Page): Promise<Record<string, WeekRow[]>> {
	const sections = await page.locator('h2').evaluateAll((headings) =>
		headings.map((heading) => {
			let table = heading.nextElementSibling;
			while (table && table.tagName !== 'TABLE') table = table.nextElementSibling;
			const rows = [...(table?.querySelectorAll(':scope > tbody > tr') ?? [])];
			const cells = rows.map((row) => [...row.children].map((cell) => cell.textContent ?? ''));
			return [heading.textContent ?? '', cells] as const;
		}),
	);
	const toNumbers = (text = '') => text.split('/').map((part) => Number(part.replaceAll(',', '')));
	return Object.fromEntries(
		sections
			.filter(([name]) => name !== 'Noteworthy')
			.map(([name, rows]) => [
				name,
				rows.map(([label = '', numbers]) => {
					const [now = NaN, before = NaN] = toNumbers(numbers);
					return { name: label.trim(), now, before };
				}),
			]),
	);
}

function sumRows(rows: readonly WeekRow[]): [number, number] {
	return rows.reduce(([a, b], { now, before }) => [a + now, b + before], [0, 0]);
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Whether a change of permissions gave any that were not there before. */
function grantsMore(message: unknown): boolean {
	const { old_permissions: before, new_permissions: after } = message as Record<string, string[]>;
	return after!.some((permission) => !before!.includes(permission));
}

const getPerson = ({ userId }: AuditRecord) => /\((.*@.*)\)$/.exec(userId)?.[1] ?? userId;

/** Persons and applications by number of events, Celonis itself apart. */
function countPeople(records: readonly AuditRecord[]): Array<[string, number]> {
	const counts = new Map<string, number>();
	for (const record of records) {
		if (record.userId.endsWith('(SYSTEM)')) continue;
		counts.set(getPerson(record), (counts.get(getPerson(record)) ?? 0) + 1);
	}
	return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

const formatTime = ({ timestamp }: AuditRecord) =>
	DateTime.fromISO(timestamp).setZone(zone).toFormat('yyyy-MM-dd HH:mm');

/** The level of severity of a record in ECS; that of an export of an analysis is not on the page. */
function getLevel(record: AuditRecord): string {
	const raw = { ...record };
	if (record.event.startsWith('ANALYSIS_EXPORT_')) return '';
	const event = { raw, timestampMs: Date.parse(record.timestamp), team: 'acme', eventId: '' };
	const { celonis } = auditLog.formatters.ecs(event) as Json & { celonis: Json };
	return (celonis.severity as { level: string }).level;
}

/** How somebody becomes an administrator in the simulated company. */
function makesAdmin({ event, message }: AuditRecord): boolean {
	const { name, new_permissions: granted } = (message ?? {}) as {
		name?: string;
		new_permissions?: string[];
	};
	return (
		(event === 'USER_JOIN_GROUP' && /admin/i.test(name ?? '')) ||
		granted?.includes('ADMIN') === true
	);
}

/** The keys that were made and neither deleted nor used since, oldest first. */
function findUnusedKeys(records: readonly AuditRecord[]): AuditRecord[] {
	const getId = ({ message }: AuditRecord) => {
		const fields = message as Record<string, string>;
		return fields.id ?? fields['application-key-id'] ?? fields.clientId;
	};
	const made = /^(APPLICATION_KEY|OAUTH_CLIENT)_CREATED$|^USER_GENERATE_API_KEY$/;
	const deleted = /^(APPLICATION_KEY|OAUTH_CLIENT)_DELETED$|^USER_DELETE_API_KEY$/;
	const gone = new Set(records.filter(({ event }) => deleted.test(event)).map(getId));
	return records.filter((record, index) => {
		if (!made.test(record.event) || gone.has(getId(record))) return false;
		const isApiKey = record.event === 'USER_GENERATE_API_KEY';
		const name = isApiKey ? getPerson(record) : getId(record);
		return !records.slice(index + 1).some((later) => getPerson(later) === name);
	});
}
