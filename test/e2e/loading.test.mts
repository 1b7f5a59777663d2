import { access, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PackageDirectoryLoader } from 'n8n-core';
import type { CodexData, ICredentialType, INodeTypeDescription } from 'n8n-workflow';
import { cacheFolder } from '../../scripts/n8n/paths.mts';
import { unpack } from '../../scripts/n8n/unpack.mts';
import { readPrepared } from './support/prepared.mts';

/** The values that n8n's documentation of codex files allows. */
const categories = [
	'AI',
	'Analytics',
	'Communication',
	'Data & Storage',
	'Development',
	'Finance & Accounting',
	'Marketing & Content',
	'Miscellaneous',
	'Productivity',
	'Sales',
	'Utility',
];

const homepage = 'https://github.com/n8n-nodes-celonis/n8n-nodes-celonis';

describe("the packed package, read by n8n's own loader", () => {
	let folder: string;
	let loader: PackageDirectoryLoader;
	let nodes: INodeTypeDescription[];
	let credentials: ICredentialType[];

	beforeAll(async () => {
		// Inside the repository, so that the package can load n8n-workflow, as in n8n.
		folder = await mkdtemp(join(cacheFolder, 'loading-'));
		await unpack(readPrepared().packed.tarball, folder);
		loader = new PackageDirectoryLoader(folder);
		await loader.loadAll();
		nodes = loader.types.nodes as INodeTypeDescription[];
		credentials = loader.types.credentials;
	});

	afterAll(async () => {
		await rm(folder, { recursive: true, force: true });
	});

	test('has these nodes and credentials, and no others', () => {
		expect(Object.keys(loader.known.nodes).sort()).toEqual(['celonis', 'celonisTrigger']);
		expect(Object.keys(loader.known.credentials).sort()).toEqual([
			'celonisApi',
			'celonisOAuth2Api',
		]);
	});

	test('has every icon, light and dark', async () => {
		for (const { name, iconUrl } of [...nodes, ...credentials]) {
			const { light, dark } = iconUrl as { light: string; dark: string };
			expect({ name, different: light !== dark }).toEqual({ name, different: true });
			for (const url of [light, dark]) {
				await access(join(folder, url.replace('icons/n8n-nodes-celonis/', '')));
			}
		}
	});

	test('has every credential that a node needs, for both nodes', () => {
		for (const { credentials: used = [] } of nodes) {
			expect(used.map(({ name }) => name).sort()).toEqual(['celonisApi', 'celonisOAuth2Api']);
		}
		for (const { supportedNodes = [] } of Object.values(loader.known.credentials)) {
			expect([...supportedNodes].sort()).toEqual(['celonis', 'celonisTrigger']);
		}
	});

	test('has a codex file for every node, with n8n categories and links to the README', () => {
		for (const { codex } of nodes) {
			const { categories: own = [], resources } = codex as CodexData;
			expect(own.length).toBeGreaterThan(0);
			expect(own.filter((category) => !categories.includes(category))).toEqual([]);
			const { primaryDocumentation, credentialDocumentation } = resources ?? {};
			for (const links of [primaryDocumentation, credentialDocumentation]) {
				expect(links).toEqual([{ url: expect.stringMatching(`^${homepage}#\\w+$`) }]);
			}
		}
		for (const { documentationUrl } of credentials) {
			expect(documentationUrl).toContain(homepage);
		}
	});
});
