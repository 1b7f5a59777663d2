import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../../scripts/n8n/command.mts';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { readPrepared } from './support/prepared.mts';
import { addCode, changeManifest, repack } from './support/repack.mts';
import { createTemporaryFolder } from './support/testN8n.mts';

type Change = (folder: string) => Promise<void>;

/** What n8n's scanner must find, in the repository or in the published package. */
const violations: Array<[what: string, rule: string, where: 'source' | 'tarball', change: Change]> =
	[
		[
			'a timer in a node, with a comment that allows it',
			'@n8n/community-nodes/no-restricted-globals',
			'source',
			async (folder) =>
				await addCode(
					folder,
					'nodes/Celonis/records/record.ts',
					'/* eslint-disable */ setTimeout(() => undefined, 1);',
				),
		],
		[
			'something that is only warned of',
			'@n8n/community-nodes/require-homepage',
			'source',
			async (folder) => await changeManifest(folder, { homepage: undefined }),
		],
		[
			'environment variables in what was compiled',
			'@n8n/community-nodes/no-restricted-globals',
			'tarball',
			async (folder) =>
				await addCode(folder, 'dist/nodes/Celonis/Celonis.node.js', 'process.env.CELONIS_KEY;'),
		],
		[
			'a dependency of the published package',
			'@n8n/community-nodes/no-runtime-dependencies',
			'tarball',
			async (folder) => await changeManifest(folder, { dependencies: { axios: '1.0.0' } }),
		],
	];

describe('npm run scan', () => {
	let workFolder: string;

	beforeAll(async () => {
		workFolder = await createTemporaryFolder();
	});

	afterAll(async () => {
		await rm(workFolder, { recursive: true, force: true });
	});

	test('accepts the package', async () => {
		const { code, output } = await scan({});

		expect(output).toMatch(/^source: \d{2,} files, 0 findings$/m);
		expect(output).toMatch(/^published package: \d{2,} files, 0 findings$/m);
		expect(code).toBe(0);
	});

	test.each(violations)('reports %s', async (_what, rule, where, change) => {
		const { code, output } = await scan({ [where]: change });

		expect(output).toContain(rule);
		expect(code).toBe(1);
	});

	/** Scans copies of the source and of the packed package, one of them modified. */
	async function scan({ source, tarball }: { source?: Change; tarball?: Change }) {
		const repository = await mkdtemp(join(workFolder, 'source-'));
		for (const part of ['package.json', 'nodes', 'credentials', 'icons']) {
			await cp(join(packageRoot, part), join(repository, part), { recursive: true });
		}
		await source?.(repository);
		const { packed } = readPrepared();
		const published = tarball ? await repack(packed.tarball, workFolder, tarball) : packed.tarball;
		const script = ['--import', 'tsx', 'scripts/scan.mts'];
		const options = ['--source', repository, '--tarball', published];
		return await run([process.execPath, ...script, ...options], {
			cwd: packageRoot,
			// Jest sets it to "test", with which n8n's rules treat every file as one of their own tests.
			env: { ...process.env, NODE_ENV: undefined },
		});
	}
});
