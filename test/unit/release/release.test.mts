import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import manifest from '../../../package.json';
import lock from '../../../package-lock.json';
import { packageRoot } from '../../../scripts/n8n/paths.mts';
import { stepsOf, workflows } from './workflows.mts';

describe.each([...workflows])('the workflow %s', (file, workflow) => {
	test('pins actions to a commit, with their version in a comment', () => {
		const used = workflow.text.match(/\buses: .*$/gm) ?? [];

		expect(used.length).toBeGreaterThan(0);
		for (const line of used)
			expect(line).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
	});

	test('may only read the repository, unless it publishes', () => {
		const publishes = file === 'publish.yml';

		expect(workflow.permissions).toEqual({ contents: 'read' });
		for (const { permissions } of Object.values(workflow.jobs)) {
			expect(permissions).toEqual(
				publishes ? { contents: 'read', 'id-token': 'write' } : undefined,
			);
		}
	});

	test('does not leave repository credentials to installed packages', () => {
		const checkouts = stepsOf(workflow).filter(({ uses }) => uses?.startsWith('actions/checkout@'));

		expect(checkouts).not.toEqual([]);
		for (const checkout of checkouts)
			expect(checkout.with).toEqual({ 'persist-credentials': false });
	});

	test('uses no stored secret, and interpolates nothing into commands', () => {
		expect(workflow.text).not.toContain('secrets.');
		for (const { run = '' } of stepsOf(workflow)) expect(run).not.toContain('${{');
	});

	test('has a time limit for each job', () => {
		for (const job of Object.values(workflow.jobs))
			expect(job['timeout-minutes']).toBeGreaterThan(0);
	});
});

describe('publishing', () => {
	const publish = workflows.get('publish.yml')!;
	const commands = stepsOf(publish).map(({ run }) => run ?? '');
	const position = (command: string) => commands.findIndex((run) => run === command);

	test('starts only when a version is tagged, without "v"', () => {
		expect(publish.on).toEqual({ push: { tags: ['[0-9]+.[0-9]+.[0-9]+'] } });
	});

	test('first checks that the tag is the version and has a section in the changelog', () => {
		expect(commands.filter((run) => run !== '').slice(0, 2)).toEqual([
			'test "$GITHUB_REF_NAME" = "$(node -p \'require("./package.json").version\')"',
			'grep -qE "^## \\[$GITHUB_REF_NAME\\] - [0-9]{4}-[0-9]{2}-[0-9]{2}$" CHANGELOG.md',
		]);
	});

	test('publishes last, after lint, build and tests, with provenance', () => {
		const last = position('npm publish --provenance --access public');

		expect(last).toBe(commands.length - 1);
		for (const command of ['npm ci', 'npm run lint', 'npm run build', 'npm test']) {
			expect(position(command)).toBeGreaterThan(-1);
		}
	});

	test('uses Node.js 24, whose npm (11.5.1 or later) supports trusted publishing', () => {
		const setup = stepsOf(publish).find(({ uses }) => uses?.startsWith('actions/setup-node@'));

		expect(setup?.with).toEqual({ 'node-version': 24, 'check-latest': true });
	});
});

describe('the weekly run', () => {
	const weekly = workflows.get('weekly.yml')!;
	const commands = stepsOf(weekly).flatMap(({ run = '' }) => run.match(/^npm run .*$/gm) ?? []);

	test('starts once a week', () => {
		expect(weekly.on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) }]);
	});

	test('runs what is too slow for every change', () => {
		expect(commands).toEqual([
			'npm run simulate -- --seeds 20000',
			'npm run conformance',
			'npm run test:crash',
			'npm run test:queue',
			'npm run bench:steps',
			'npm run bench -- --quick',
		]);
	});
});

describe('the changelog', () => {
	const headings = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8').match(/^##.*/gm) ?? [];

	test('begins with the unreleased section, and dates the others', () => {
		const [unreleased, ...versions] = headings.filter((heading) => heading.startsWith('## '));

		expect(unreleased).toBe('## [Unreleased]');
		for (const heading of versions)
			expect(heading).toMatch(/^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$/);
	});

	test('groups changes by kind', () => {
		const kinds = headings.filter((heading) => heading.startsWith('### '));

		expect(kinds).not.toEqual([]);
		for (const kind of kinds)
			expect(kind).toMatch(/^### (Added|Changed|Deprecated|Removed|Fixed|Security)$/);
	});
});

describe('the version', () => {
	test('is the same in package.json and package-lock.json', () => {
		expect([lock.version, lock.packages[''].version]).toEqual([manifest.version, manifest.version]);
	});
});
