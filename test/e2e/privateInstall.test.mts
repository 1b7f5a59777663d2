import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { run } from '../../scripts/n8n/command.mts';
import type { PackedPackage } from '../../scripts/n8n/pack.mts';
import { packageRoot } from '../../scripts/n8n/paths.mts';
import { createTeam } from '../../scripts/n8n/simulatedTeam.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { createTeamLog } from '../celonis/teamLog.mts';
import { listedPackages } from './support/communityPackages.mts';
import { runWorkflow } from './support/executions.mts';
import { startExternalServices } from './support/externalServices.mts';
import { startTestN8n, createTemporaryFolder, type TestN8n } from './support/testN8n.mts';
import { createListWorkflow, saveCredentials, saveWorkflow } from './support/workflows.mts';

describe('the packed package, installed by the commands of the README', () => {
	let workFolder: string;
	let celonis: Simulator;
	let n8n: TestN8n;

	beforeAll(async () => {
		workFolder = await createTemporaryFolder();
		const log = createTeamLog({ backlog: { events: 50, days: 1 } }, 1, Date.now());
		celonis = await startSimulator({ log });
		const outside = await startExternalServices();
		n8n = await startTestN8n(
			{
				EXTERNAL_HOOK_FILES: join(packageRoot, 'scripts', 'n8n', 'inside', 'stopWithStarter.cjs'),
			},
			{
				outside,
				installPackage: async (home, packed) =>
					await followReadme(home, packed, outside.proxySettings),
			},
		);
	});

	afterAll(async () => {
		await n8n?.close();
		await celonis?.close();
		await rm(workFolder, { recursive: true, force: true });
	});

	test.each(['oAuth2', 'key'] as const)(
		'a workflow runs, signed in by %s',
		async (authentication) => {
			const credentials = await saveCredentials(n8n.api, createTeam(celonis));
			const access = { authentication, apiVersion: 'v2' } as const;
			const id = await saveWorkflow(n8n.api, createListWorkflow({ limit: 7 }, access, credentials));
			const { status, items } = await runWorkflow(n8n.api, id, 'Start');

			expect(status).toBe('success');
			expect(items.Celonis).toHaveLength(7);
		},
	);

	test('n8n does not list a package that it has not installed itself', async () => {
		expect(await listedPackages(n8n.api)).toEqual([]);
	});

	test('neither npm nor n8n has sent requests to other hosts', () => {
		expect(n8n.outside.requests).toEqual([]);
	});

	/** The commands of the README that pack and install the package. */
	async function followReadme(
		home: string,
		{ tarball }: PackedPackage,
		proxySettings: Record<string, string>,
	): Promise<void> {
		const readme = await readFile(join(packageRoot, 'README.md'), 'utf8');
		const [, commands] = /^npm ci && npm run build && npm pack\n((?:(?!```).*\n)+)```$/m.exec(
			readme,
		)!;
		const repository = join(workFolder, 'repository');
		await mkdir(repository);
		await copyFile(tarball, join(repository, basename(tarball)));
		const env = { ...process.env, ...proxySettings, HOME: home };
		const result = await run(['sh', '-ec', commands!], { cwd: repository, env });
		if (result.code !== 0) throw new Error(`The README's commands failed: ${result.output}`);
	}
});
