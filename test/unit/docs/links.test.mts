import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../../package.json';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { documents, type Document } from './markdown.mts';

interface Link {
	from: string;
	file: string;
	anchor: string | undefined;
}

describe('the documents', () => {
	let all: Document[];

	beforeAll(async () => {
		all = await documents();
	});

	test('are found', () => {
		expect(all.map(({ path }) => path)).toEqual(
			expect.arrayContaining(['README.md', 'docs/delivery.md', 'test/celonis/README.md']),
		);
		expect(all.flatMap(linksWithin).length).toBeGreaterThan(20);
	});

	test('link only to files that exist', () => {
		const broken = all
			.flatMap(linksWithin)
			.filter(({ file }) => !existsSync(join(packageRoot, file)));

		expect(broken).toEqual([]);
	});

	test('link only to headings that exist', () => {
		const anchorsOf = new Map(all.map(({ path, anchors }) => [path, anchors]));
		const broken = all
			.flatMap(linksWithin)
			.filter(({ file, anchor }) => anchor !== undefined && !anchorsOf.get(file)?.has(anchor));

		expect(broken).toEqual([]);
	});

	test('name only npm scripts that exist', () => {
		const named = all.flatMap(({ path, code }) =>
			code.flatMap(scriptsIn).map((script) => ({ path, script })),
		);

		expect(named.map(({ script }) => script)).toEqual(
			expect.arrayContaining(['start', 'test', 'test:e2e', 'simulate']),
		);
		expect(named.filter(({ script }) => !(script in manifest.scripts))).toEqual([]);
	});
});

/** Links to files of the repository, or to headings in them. */
function linksWithin({ path, links }: Document): Link[] {
	return links
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => {
			const [target = '', anchor] = decodeURI(link).split('#');
			return { from: path, file: target === '' ? path : join(dirname(path), target), anchor };
		});
}

function scriptsIn(code: string): string[] {
	return [...code.matchAll(/\bnpm (?:run (?:-\S+ )*([\w:-]+)|(start|test)\b)/g)].map(
		([, run, short]) => run ?? short ?? '',
	);
}
