import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exampleFiles, readExample } from '../../../scripts/n8n/workflows.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { getAssignments, openExampleNode } from '../../support/expressions.mts';

const folder = join(packageRoot, 'examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

interface Target {
	node: string;
}

describe.each(files)('%s', (file) => {
	const text = readFileSync(join(folder, file), 'utf8');

	test('has no credential, no saved state, and no host except example.com', () => {
		const keys = Object.keys(JSON.parse(text) as object).sort();
		// `https://${…}` in the code of a node is the address of the team.
		const hosts = [...text.matchAll(/https?:\/\/(?!\$\{)([^/:"\s]+)/g)].map(([, host]) => host);

		expect(keys).toEqual(['connections', 'name', 'nodes', 'settings']);
		expect(text).not.toContain('"credentials"');
		expect(hosts.filter((host) => !host?.endsWith('.example.com'))).toEqual([]);
	});

	test('has unique names, valid connections, and a note', async () => {
		const { nodes, connections } = await readExample(file);
		const names = nodes.map(({ name }) => name);
		const targets = Object.values(connections as Record<string, Record<string, Target[][]>>)
			.flatMap((byType) => Object.values(byType).flat(2))
			.map(({ node }) => node);

		expect(new Set(names).size).toBe(names.length);
		expect(new Set(nodes.map(({ id }) => id)).size).toBe(nodes.length);
		expect(
			[...Object.keys(connections), ...targets].filter((name) => !names.includes(name)),
		).toEqual([]);
		expect(names).toContain('Note');
		expect(nodes.some(({ type }) => type.startsWith('n8n-nodes-celonis.celonis'))).toBe(true);
	});

	test('is in the README with its picture', () => {
		const picture = `images/${file.replace('.json', '.png')}`;

		expect(readme).toContain(`## ${file}`);
		expect(readme).toContain(`](${picture})`);
		expect(existsSync(join(folder, picture))).toBe(true);
	});
});

describe('the archive as CSV', () => {
	/** The columns of an event, by n8n's own evaluation of the expressions. */
	async function getColumns(json: object): Promise<Record<string, unknown>> {
		const columns = await openExampleNode('archive-day-to-csv.json', 'Columns');
		return Object.fromEntries(
			[...getAssignments(columns)].map(([name, value]) => [name, columns.evaluate(value, json)]),
		);
	}

	const FIELDS = ['timestamp', 'event', 'category', 'userId', 'userRole', 'ipAddress', 'port'];

	test.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', "=cmd|' /C calc'!A0"])(
		'has no formula %j',
		async (text) => {
			const fields = [...FIELDS, 'eventId', 'message', 'diffPayload'];
			const event = Object.fromEntries(fields.map((field) => [field, text]));
			const columns = await getColumns(event);
			for (const field of [...FIELDS, 'eventId']) expect(columns[field]).toBe(`'${text}`);
			const numbers = await getColumns({ message: -5, port: -5, diffPayload: ['=1'] });
			for (const cell of [...Object.values(columns), ...Object.values(numbers)]) {
				expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
			}
		},
	);

	test('has other values as they are', async () => {
		const event = { event: 'LOGIN', userId: 'u-1 (a@b.c)', message: { a: '=1' }, port: 443 };
		expect(await getColumns(event)).toMatchObject({
			event: 'LOGIN',
			userId: 'u-1 (a@b.c)',
			userRole: '',
			port: '443',
			message: '{"a":"=1"}',
			diffPayload: 'null',
		});
	});
});

test('npm start sets up existing examples', () => {
	expect(files).toEqual(expect.arrayContaining(exampleFiles));
});
