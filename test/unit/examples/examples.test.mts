import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { INodeProperties } from 'n8n-workflow';
import { Celonis } from '../../../nodes/Celonis/Celonis.node.ts';
import { CelonisTrigger } from '../../../nodes/Celonis/CelonisTrigger.node.ts';
import { exampleFiles, readExample } from '../../../scripts/n8n/workflows.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { openExampleNode } from '../../support/expressions.mts';

const folder = join(packageRoot, 'examples');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const readme = readFileSync(join(folder, 'README.md'), 'utf8');

interface Target {
	node: string;
}

const nodeTypes = [new Celonis(), new CelonisTrigger()];

/** The parameters, and choices, that these properties do not have: n8n ignores them, and says nothing. */
function findUnknown(
	parameters: object,
	properties: readonly INodeProperties[],
	path: readonly string[] = [],
): string[] {
	return Object.entries(parameters).flatMap(([name, value]): string[] => {
		const known = properties.filter((property) => property.name === name);
		const at = [...path, name];
		if (known.length === 0) return [at.join('.')];
		const [{ type }] = known as [INodeProperties];
		const options = known.flatMap((property) => property.options ?? []);
		if (type === 'collection')
			return findUnknown(value as object, options as INodeProperties[], at);
		if (type !== 'options' && type !== 'multiOptions') return [];
		const choices = options.map((option) => ('value' in option ? option.value : undefined));
		return [value as unknown]
			.flat()
			.filter((choice) => !choices.includes(choice as string))
			.map((choice) => `${at.join('.')} = ${String(choice)}`);
	});
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

	test('has only parameters and choices of the Celonis nodes that exist', async () => {
		const { nodes } = await readExample(file);
		for (const { type, parameters } of nodes) {
			const { pollTimes, ...own } = parameters;
			const known = nodeTypes.find(({ description }) => type.endsWith(`.${description.name}`));
			if (pollTimes) expect(known?.description.polling).toBe(true);
			if (known) expect(findUnknown(own, known.description.properties)).toEqual([]);
		}
	});

	// Otherwise n8n sends the items of all nodes to the code.
	test('names the nodes whose items its code needs', async () => {
		const { nodes } = await readExample(file);
		const code = nodes.map(({ parameters }) => String(parameters.jsCode ?? '')).join('\n');
		const references = [...code.matchAll(/\$\((.*?)\)(\.\w+)?/g)];
		for (const [, name = '', property] of references) {
			expect(nodes.map((node) => `'${node.name}'`)).toContain(name);
			expect(property).toMatch(/^\.(all|first)$/);
		}
	});

	test('is in the README with its picture', () => {
		const picture = `images/${file.replace('.json', '.png')}`;

		expect(readme).toContain(`## ${file}`);
		expect(readme).toContain(`](${picture})`);
		expect(existsSync(join(folder, picture))).toBe(true);
	});
});

/** A node sends a request up to five times, and n8n runs the nodes one after another. */
test.each(['audit-dashboard.json', 'access-review.json'])(
	'%s lets nobody wait for minutes if Celonis does not respond',
	async (file) => {
		const { nodes } = await readExample(file);
		const timeouts = nodes
			.filter(({ type }) => type.endsWith('.celonis'))
			.map(({ parameters }) => (parameters.options as { timeout?: number }).timeout ?? 60);
		const seconds = timeouts.reduce((total, timeout) => total + 5 * timeout, 0);
		expect(seconds).toBeLessThanOrEqual(200);
	},
);

describe.each(['archive-day-to-csv.json', 'archive-month-to-csv.json'])('cells of %s', (file) => {
	/** The cells of an item, by n8n's own evaluation of the expression. */
	async function getCells(json: object): Promise<Record<string, unknown>> {
		const { parameters, evaluate } = await openExampleNode(file, 'Cells');
		return evaluate(parameters.jsonOutput, json) as Record<string, unknown>;
	}

	test.each([
		'=1+1',
		'+1',
		'-1',
		'@SUM(1)',
		'\t=1',
		'\r=1',
		'\n=1',
		"=cmd|' /C calc'!A0",
		'＝1',
		'＠1',
	])('have no formula %j', async (text) => {
		expect(await getCells({ event: text, actor: text })).toEqual({
			event: `'${text}`,
			actor: `'${text}`,
		});
	});

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

describe('the message of alert-on-permission-changes.json', () => {
	const file = 'alert-on-permission-changes.json';

	/** The message about one change. */
	async function write(message: object): Promise<string> {
		const { parameters, evaluate } = await openExampleNode(file, 'Post to chat');
		const { parameters: fields } = parameters.bodyParameters as { parameters: [{ value: string }] };
		const change = {
			time: '2026-02-02 15:52:10',
			who: 'ada',
			what: 'X',
			whom: '',
			old: '',
			new: '',
		};
		return evaluate(fields[0].value, { changes: [{ ...change, ...message }, change] }) as string;
	}

	test('has one line for each event, whatever its names contain', async () => {
		const forged = 'x\r\n2026-02-02 15:52:10 *PERMISSIONS_UPDATE* by bob';
		expect((await write({ whom: forged })).split('\n')).toEqual([
			'2026-02-02 15:52:10 *X* by ada: x 2026-02-02 15:52:10 *PERMISSIONS_UPDATE* by bob',
			'2026-02-02 15:52:10 *X* by ada',
		]);
	});

	test('has the beginning of a line that no chat accepts', async () => {
		const [first = ''] = (await write({ new: '🎉'.repeat(40_000) })).split('\n');
		expect([...first]).toHaveLength(601);
		expect(first).toMatch(/^2026-02-02 15:52:10 \*X\* by ada \(none → 🎉.*🎉…$/u);
	});
});

test('npm start sets up existing examples', () => {
	expect(files).toEqual(expect.arrayContaining(exampleFiles));
});
