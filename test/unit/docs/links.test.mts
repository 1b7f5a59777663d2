import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import manifest from '../../../package.json';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { readDocuments, type Document } from './markdown.mts';

interface Link {
	from: string;
	file: string;
	anchor: string | undefined;
}

/** What npm shows has to be read in one go. */
const MAX_README_BYTES = 12_288;

describe('the documents', () => {
	let all: Document[];

	beforeAll(async () => {
		all = await readDocuments();
	});

	test('are found', () => {
		expect(all.map(({ path }) => path)).toEqual(
			expect.arrayContaining(['README.md', 'docs/delivery.md', 'test/celonis/README.md']),
		);
		expect(all.flatMap(getInternalLinks).length).toBeGreaterThan(20);
	});

	test('link only to files that exist', () => {
		const broken = all
			.flatMap(getInternalLinks)
			.filter(({ file }) => !existsSync(join(packageRoot, file)));

		expect(broken).toEqual([]);
	});

	test('link only to headings that exist', () => {
		const anchorsByPath = new Map(all.map(({ path, anchors }) => [path, anchors]));
		const broken = all
			.flatMap(getInternalLinks)
			.filter(({ file, anchor }) => anchor !== undefined && !anchorsByPath.get(file)?.has(anchor));

		expect(broken).toEqual([]);
	});

	test('name only files that exist', () => {
		const named = all.flatMap(({ path, code }) =>
			code.filter(isSourceFile).map((name) => ({ path, name })),
		);
		const exists = ({ path, name }: { path: string; name: string }) =>
			[packageRoot, join(packageRoot, dirname(path))].some((base) => existsSync(join(base, name)));

		expect(named.length).toBeGreaterThan(20);
		expect(named.filter((each) => !exists(each))).toEqual([]);
	});

	test('do not pad their tables', () => {
		const padded = all.flatMap(({ path, text }) =>
			text
				.split('\n')
				.filter((line) => /^\|.*( {3,}\||-{4,})/.test(line))
				.map((line) => ({ path, line })),
		);

		expect(padded).toEqual([]);
	});

	test('begin with a short README', () => {
		const readme = all.find(({ path }) => path === 'README.md')!;

		expect(Buffer.byteLength(readme.text)).toBeLessThanOrEqual(MAX_README_BYTES);
	});

	test('name only npm scripts that exist', () => {
		const named = all.flatMap(({ path, code }) =>
			code.flatMap(getScripts).map((script) => ({ path, script })),
		);

		expect(named.map(({ script }) => script)).toEqual(
			expect.arrayContaining(['start', 'test', 'test:e2e', 'simulate']),
		);
		expect(named.filter(({ script }) => !(script in manifest.scripts))).toEqual([]);
	});
});

/** Links to files of the repository or to headings in them. */
function getInternalLinks({ path, links }: Document): Link[] {
	return links
		.filter((link) => !/^[a-z]+:/.test(link))
		.map((link) => {
			const [target = '', anchor] = decodeURI(link).split('#');
			return { from: path, file: target === '' ? path : join(dirname(path), target), anchor };
		});
}

/** Whether a piece of code is the path of a source file. */
function isSourceFile(code: string): boolean {
	return /^[\w./-]+\.m?ts$/.test(code);
}

function getScripts(code: string): string[] {
	return [...code.matchAll(/\bnpm (?:run (?:-\S+ )*([\w:-]+)|(start|test)\b)/g)].map(
		([, run, short]) => run ?? short ?? '',
	);
}
