import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packageRoot } from '../../../scripts/n8n/paths.mts';

const root = join(packageRoot, 'nodes', 'Celonis');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

/** What the files of a folder import: packages by their names, files by their paths. */
function importsOf(folder: string): string[] {
	return files
		.filter((path) => path.startsWith(`${folder}/`))
		.flatMap((path) =>
			[...readFileSync(join(root, path), 'utf8').matchAll(/from '([^']+)'/g)].map(
				([, specifier = '']) =>
					specifier.startsWith('.')
						? relative(root, join(root, dirname(path), specifier))
						: specifier,
			),
		);
}

describe('dependencies point one way', () => {
	test('a log as such knows no n8n, does no I/O and needs no other part', () => {
		const foreign = importsOf('log').filter((from) => !from.startsWith('log/'));
		expect([...new Set(foreign)].sort()).toEqual(['crypto', 'luxon']);
	});

	test('rows of a table know a log, and nothing else', () => {
		const foreign = importsOf('rows').filter((from) => !/^(rows|log)\//.test(from));
		expect(foreign).toEqual([]);
	});

	test.each([
		['faults', /^(n8n-workflow$|faults\/)/],
		['transport', /^(n8n-workflow$|crypto$|transport\/|faults\/|log\/)/],
		['reading', /^(reading\/|transport\/|faults\/|log\/)/],
	])('%s imports only what stands below it', (folder, allowed) => {
		expect(importsOf(folder).filter((from) => !allowed.test(from))).toEqual([]);
	});
});
