import { describe, expect, it } from '@jest/globals';
import {
	findRowProblems,
	loadAsimFunction,
	loadRule,
	loadTable,
	transform,
} from '../../schemas/sentinel.mts';
import type { Fields } from '../../schemas/fields.mts';
import { createAuditDocuments, createLoginDocuments } from './documents.mts';

const { streamDeclarations, destinations, dataFlows } = loadRule().properties;
const { name: tableName, columns: tableColumns } = loadTable().properties.schema;
const [[stream, { columns }]] = Object.entries(streamDeclarations) as [
	[string, (typeof streamDeclarations)[string]],
];
const [flow] = dataFlows;
const { transformKql } = flow!;

/** Azure Monitor's rules for the columns of custom tables. */
const MAX_COLUMNS = 500;
const COLUMN_NAME = /^[A-Za-z][A-Za-z0-9_]{0,44}$/;
const RESERVED = ['Type', 'TenantId', 'UniqueId', 'Title', 'id', '_ResourceId', '_ItemId'];

const documents = [...createAuditDocuments('ocsf'), ...createLoginDocuments('ocsf')];

/** The values in single quotes. */
const getTexts = (kql: string) => [...kql.matchAll(/'([^'\n]*)'/g)].map(([, text]) => text);

describe('the table and the rule for Microsoft Sentinel', () => {
	it('have valid names, and refer to each other', () => {
		expect(tableName).toMatch(/^[A-Za-z]\w*_CL$/);
		expect(stream).toMatch(/^Custom-\w+$/);
		expect(flow).toMatchObject({
			streams: [stream],
			destinations: destinations.logAnalytics.map(({ name }) => name),
			outputStream: `Custom-${tableName}`,
		});
		expect(tableColumns.length).toBeLessThanOrEqual(MAX_COLUMNS);
		for (const { name, type } of tableColumns) {
			expect(name).toMatch(COLUMN_NAME);
			expect(RESERVED).not.toContain(name);
			const types = ['string', 'int', 'long', 'real', 'boolean', 'dateTime', 'dynamic', 'guid'];
			expect(types).toContain(type);
		}
		expect(tableColumns.find(({ name }) => name === 'TimeGenerated')?.type).toBe('dateTime');
	});

	it('accept every event, and lose no attribute', () => {
		const problems = documents.flatMap(([name, document]) =>
			findRowProblems(document, columns).map((problem) => `${name}: ${problem}`),
		);
		expect(problems).toEqual([]);
	});

	it('store every attribute in a column of its type', () => {
		const types = new Map(columns.map(({ name, type }) => [name, type.toLowerCase()]));
		const stored = tableColumns.map(({ type }) => type.toLowerCase());
		const row = Object.fromEntries(columns.map(({ name }) => [name, name]));
		const output = transform({ ...row, time: 0, metadata: {} }, transformKql);
		expect(Object.keys(output)).toEqual(tableColumns.map(({ name }) => name));
		for (const [i, value] of Object.values(output).entries()) {
			const type = types.get(String(value));
			if (type !== undefined) expect([value, stored[i]]).toEqual([value, type]);
		}
		const kept = [...transformKql.matchAll(/= (\w+),?$/gm)].map(([, name]) => name);
		const missing = columns.map(({ name }) => name).filter((name) => !kept.includes(name));
		expect(missing).toEqual(['time']);
	});

	it('store the time and the identity of every event', () => {
		for (const [, document] of documents) {
			const row = transform(document, transformKql);
			const { uid } = document.metadata as Fields;
			expect(Date.parse(row.TimeGenerated as string)).toBe(document.time);
			expect([row.EventUid, row.EventTime]).toEqual([uid, row.TimeGenerated]);
		}
	});
});

describe('the ASIM function for Microsoft Sentinel', () => {
	const kql = loadAsimFunction();

	it('reads columns that the table has', () => {
		const names = new Set(tableColumns.map(({ name }) => name));
		const defined = new Set([...kql.matchAll(/\b([A-Z]\w+) =(?!=)/g)].map(([, name]) => name));
		const code = kql.replace(/\/\/.*/g, '').replace(/'[^']*'/g, "''");
		const used = [...code.matchAll(/(?<![.\w])([A-Z]\w+)\b/g)].map(([, name]) => name!);
		const builtIn = ['CelonisAudit_CL', 'Type'];
		const unknown = used.filter(
			(name) => !names.has(name) && !defined.has(name) && !builtIn.includes(name),
		);
		expect([...new Set(unknown)]).toEqual([]);
	});

	it('knows every activity of audit events', () => {
		const audit = documents.map(([, document]) => document).filter((d) => d.class_uid !== 3002);
		const activities = new Set(audit.map(({ activity_name: name }) => String(name)));
		const others = ['Other', 'Unknown', 'Cancel', 'Finish'];
		const texts = getTexts(kql);
		expect(activities.size).toBeGreaterThan(20);
		expect([...activities].filter((name) => ![...texts, ...others].includes(name))).toEqual([]);
	});

	it('has the values that ASIM allows', () => {
		const [, types = ''] = /EventType = case\(([\s\S]*?)\n\s+'Other'\)/.exec(kql) ?? [];
		const results = [...types.matchAll(/, '(\w+)',?$/gm)].map(([, type]) => type);
		expect(new Set(results)).toEqual(
			new Set(['Create', 'Read', 'Delete', 'Execute', 'Enable', 'Disable', 'Set']),
		);
	});
});
