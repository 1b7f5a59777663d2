import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import ts from 'typescript';
import { packageRoot } from '../../../scripts/n8n/paths.mts';

const root = join(packageRoot, 'nodes', 'Celonis');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
	path.endsWith('.ts'),
);

/** The rooms from top to bottom: a room imports from itself and from rooms on lower levels. */
const LEVELS: readonly string[][] = [
	['nodes'],
	['resources', 'trigger'],
	['sources'],
	['parameters'],
	['output'],
	['members', 'delivery'],
	['reading'],
	['http', 'filters'],
	['errors'],
	['records'],
];

/** Rooms that know neither n8n nor any other package than these. */
const PURE: Readonly<Record<string, RegExp>> = {
	records: /^(crypto|luxon)$/,
	filters: /^$/,
	output: /^$/,
	delivery: /^crypto$/,
};

interface Import {
	readonly from: string;
	/** A file's path under the root, or a package. */
	readonly to: string;
	readonly isPackage: boolean;
}

const imports: Import[] = files.flatMap((path) =>
	[...readFileSync(join(root, path), 'utf8').matchAll(/from '([^']+)'/g)].map(
		([, specifier = '']) => ({
			from: path,
			to: specifier.startsWith('.') ? resolveFile(join(dirname(path), specifier)) : specifier,
			isPackage: !specifier.startsWith('.'),
		}),
	),
);

function resolveFile(path: string): string {
	const candidates = [`${path}.ts`, join(path, 'index.ts')];
	return candidates.find((candidate) => files.includes(candidate)) ?? path;
}

const getRoom = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : 'nodes');
const getLevel = (path: string) => LEVELS.findIndex((rooms) => rooms.includes(getRoom(path)));

describe('architecture', () => {
	test('every file lies in a known room', () => {
		expect(files.filter((path) => getLevel(path) < 0)).toEqual([]);
	});

	test('imports point downwards', () => {
		const upward = imports
			.filter(({ isPackage }) => !isPackage)
			.filter(({ from, to }) => getRoom(from) !== getRoom(to) && getLevel(from) >= getLevel(to))
			.map(({ from, to }) => `${from} → ${to}`);
		expect(upward).toEqual([]);
	});

	test('no file imports itself by way of others', () => {
		const targets = new Map(
			files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]),
		);
		const done = new Set<string>();
		const findCycle = (file: string, path: readonly string[]): string[] | undefined => {
			if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
			if (done.has(file)) return undefined;
			for (const target of targets.get(file) ?? []) {
				const cycle = findCycle(target, [...path, file]);
				if (cycle) return cycle;
			}
			done.add(file);
			return undefined;
		};
		expect(files.flatMap((file) => findCycle(file, []) ?? [])).toEqual([]);
	});

	test.each(Object.entries(PURE))('%s knows no n8n and does no I/O', (room, allowed) => {
		const packages = imports.filter(({ from, isPackage }) => isPackage && getRoom(from) === room);
		expect(packages.filter(({ to }) => !allowed.test(to))).toEqual([]);
	});

	test('no file but data is longer than 200 lines', () => {
		const isData = (path: string) =>
			/(\.generated|\/mapping|\/phrases|\/presets|errors\/catalog)\.ts$/.test(path);
		const long = files
			.filter((path) => !isData(path) && statSync(join(root, path)).isFile())
			.filter((path) => readFileSync(join(root, path), 'utf8').split('\n').length > 200);
		expect(long.map((path) => relative('', path))).toEqual([]);
	});

	test('no function is longer than 50 lines', () => {
		const long: string[] = [];
		for (const path of files) {
			const source = ts.createSourceFile(
				path,
				readFileSync(join(root, path), 'utf8'),
				ts.ScriptTarget.Latest,
				true,
			);
			const getLine = (position: number) => source.getLineAndCharacterOfPosition(position).line;
			const visit = (node: ts.Node): void => {
				if (ts.isFunctionLike(node)) {
					const lines = getLine(node.end) - getLine(node.getStart(source)) + 1;
					if (lines > 50) long.push(`${path}:${getLine(node.getStart(source)) + 1} (${lines})`);
				}
				ts.forEachChild(node, visit);
			};
			visit(source);
		}
		expect(long).toEqual([]);
	});
});
