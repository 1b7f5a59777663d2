import { describe, expect, it } from '@jest/globals';
import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { EVENT_NAMES } from '../../../nodes/Celonis/sources/auditLog/catalogue.ts';
import { PRESETS, type Preset } from '../../../nodes/Celonis/sources/auditLog/filters/presets.ts';
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

/** The audit events as the node "Columns" summarizes them; without any, there is one empty item. */
function toColumns(events: IDataObject[]): IDataObject[] {
	const items = events.length > 0 ? events : [{}];
	const columns = ['timestamp', 'event', 'category', 'actor'].map((name) => {
		const texts = items.map(({ [name]: value }) =>
			typeof value === 'object' ? JSON.stringify(value) : String(value),
		);
		return [`concatenated_${name}`, texts.join('\n')];
	});
	const least = ['team', 'error', 'details'].map((name) => [
		`min_${name}`,
		items[0]![name] ?? null,
	]);
	return [Object.fromEntries([...columns, ...least]) as IDataObject];
}

/** Nothing was read: no events, no sign-ins. */
const nothing = {
	Columns: toColumns([]),
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
		expect(await request({})).toEqual(await request({ period: '7d' }));
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
		const nodes = { ...nothing, ...read, Request: [made] };
		const [item] = await runCodeNode(FILE, 'Page', { ...context, nodes });
		return item!.json;
	};

	it('is made of an empty log too', async () => {
		const { status, html } = await makePage({});
		expect(status).toBe(200);
		expect(html).not.toMatch(/undefined|null|NaN|Invalid/);
	});

	it('has all other events beside a record that cannot be read', async () => {
		const timestamp = '2026-06-10T10:00:00.000Z';
		const readable = {
			timestamp,
			event: 'PERMISSIONS_UPDATE',
			category: 'Admin and Settings',
			actor: { id: '1', email: 'ada@example.com', type: 'user' },
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
			Columns: toColumns([unreadable, readable]),
			'Noteworthy events': [broken, noteworthy],
		});
		expect(html).toContain('<b>2</b><span>events</span>');
		expect(html).toContain('ada@example.com granted ADMIN to eve');
		expect(html).not.toMatch(/Could not be read|\[object|undefined|NaN|Invalid/);
	});

	it('is kept for a minute, for its own period', async () => {
		const staticData: IDataObject = {};
		const { html } = await makePage({ period: '7d' }, staticData);
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
