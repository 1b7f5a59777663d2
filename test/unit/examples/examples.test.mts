import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { exampleFiles, readExample } from '../../../scripts/n8n/workflows.mts';
import { packageRoot } from '../../../scripts/n8n/paths.mts';

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
		const hosts = [...text.matchAll(/https?:\/\/([^/:"\s]+)/g)].map(([, host]) => host);

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

test('npm start sets up existing examples', () => {
	expect(files).toEqual(expect.arrayContaining(exampleFiles));
});
