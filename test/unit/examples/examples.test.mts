import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exampleFiles, readExample } from '../../../scripts/n8n/workflows.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { openExampleNode } from '../../support/expressions.mts';

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

		expect(keys).toEqual(['connections', 'description', 'name', 'nodes', 'settings']);
		expect(text).not.toContain('"credentials"');
		expect(hosts.filter((host) => !host?.endsWith('.example.com'))).toEqual([]);
	});

	test('says whom it is for, how it works and how to set it up', async () => {
		const { nodes } = await readExample(file);
		const [note] = nodes.filter(({ name }) => name === 'Note');
		const content = String(note?.parameters.content);
		for (const part of ['**Who it is for**:', '**How it works**:', '**Set up**:']) {
			expect(content).toContain(part);
		}
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

describe.each(['archive-day-to-csv.json', 'archive-month-to-csv.json'])('cells of %s', (file) => {
	/** The cells of an item, by n8n's own evaluation of the expression. */
	async function getCells(json: object): Promise<Record<string, unknown>> {
		const { parameters, evaluate } = await openExampleNode(file, 'Cells');
		return evaluate(parameters.jsonOutput, json) as Record<string, unknown>;
	}

	test.each(['=1+1', '+1', '-1', '@SUM(1)', '\t=1', '\r=1', '\n=1', "=cmd|' /C calc'!A0"])(
		'have no formula %j',
		async (text) => {
			expect(await getCells({ event: text, actor: text })).toEqual({
				event: `'${text}`,
				actor: `'${text}`,
			});
		},
	);

	test('have no negative number, and no list or object', async () => {
		const cells = await getCells({ port: -5, message: -5, list: ['=1'], actor: { a: '=1' } });
		expect(cells).toEqual({ port: "'-5", message: "'-5", list: '["=1"]', actor: '{"a":"=1"}' });
	});

	test('have the details of an event as JSON, in one line', async () => {
		const cells = await getCells({ message: 'one\r\ntwo', diffPayload: null });
		expect(cells).toEqual({ message: '"one\\r\\ntwo"', diffPayload: 'null' });
	});

	test('have other values as they are, in the same order', async () => {
		const cells = await getCells({
			event: 'LOGIN',
			userId: 'u-1 (a=b@c.d)',
			port: 443,
			role: null,
		});
		expect(Object.entries(cells)).toEqual([
			['event', 'LOGIN'],
			['userId', 'u-1 (a=b@c.d)'],
			['port', '443'],
			['role', ''],
		]);
	});
});

test('npm start sets up existing examples', () => {
	expect(files).toEqual(expect.arrayContaining(exampleFiles));
});
