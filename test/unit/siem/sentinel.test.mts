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

	it("tells the type of every documented event, in ASIM's terms", () => {
		const getType = parseEventTypes(kql);
		const others = new Set<string>();
		const types = new Map<string, unknown>();
		for (const [, { class_uid, activity_name, metadata }] of documents) {
			if (class_uid === 3002 || class_uid === 0) continue;
			const code = String((metadata as Fields).event_code);
			const type = getType(String(activity_name), code);
			if (type === 'Other') others.add(code);
			types.set(code, type);
		}
		const allowed = ['Create', 'Read', 'Delete', 'Execute', 'Enable', 'Disable', 'Set', 'Other'];
		expect([...new Set(types.values())].sort()).toEqual([...allowed].sort());
		// ASIM has no type for what ends.
		const isEnd = (code: string) => /_(CANCELL?ED|SUCCEEDED|FAILED)$/.test(code);
		const undocumented = ['undefined', '', 'DATA_POOL_TELEPORTED'];
		const unknown = [...others].filter((code) => !isEnd(code) && !undocumented.includes(code));
		expect(unknown).toEqual([]);
		expect(
			[
				...['USER_CHANGE_PASSWORD', 'DATA_POOL_EXPORTED', 'DATA_JOB_MANUALLY_EXECUTED'],
				...['APPLICATION_KEY_CREATED', 'GROUP_DELETED', 'TRASH_AUTO_DELETE_JOB'],
			].map((code) => types.get(code)),
		).toEqual(['Set', 'Read', 'Execute', 'Create', 'Delete', 'Execute']);
	});
});

/** The function's `EventType` of an activity and an event code: its conditions in their order. */
function parseEventTypes(kql: string): (activity: string, code: string) => unknown {
	const [, lines = ''] = /EventType = case\(\n([\s\S]*?)\n\s+'Other'\)/.exec(kql) ?? [];
	const rules = lines.split('\n').map((line) => {
		const [, condition = '', type] = /^\s*(.+), '(\w+)',$/.exec(line) ?? [];
		const matches = condition.split(' or ').map((part) => {
			const [, pattern] = /^EventCode matches regex @'(.+)'$/.exec(part) ?? [];
			if (pattern !== undefined) return (_: string, code: string) => new RegExp(pattern).test(code);
			if (!/^ActivityName (==|in) /.test(part)) throw new Error(`Unknown condition: ${part}`);
			const names = [...part.matchAll(/'([^']+)'/g)].map(([, name]) => name);
			return (activity: string) => names.includes(activity);
		});
		return { type, matches };
	});
	return (activity, code) =>
		rules.find(({ matches }) => matches.some((match) => match(activity, code)))?.type ?? 'Other';
}
