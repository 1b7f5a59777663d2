import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listedPackages } from './support/communityPackages.mts';
import { startTestN8n, type TestN8n } from './support/testN8n.mts';

interface Described {
	name: string;
	iconUrl?: string | { light: string; dark: string };
}

describe('the package, installed in a real n8n', () => {
	let n8n: TestN8n;
	const described = async (kind: 'nodes' | 'credentials') => {
		const all = JSON.parse(await n8n.api.send('GET', `/types/${kind}.json`)) as Described[];
		return all.filter(({ name }) => /celonis/i.test(name));
	};

	beforeAll(async () => {
		n8n = await startTestN8n();
	});

	afterAll(async () => {
		await n8n?.close();
	});

	test('has two nodes, one of them also as a tool for AI agents', async () => {
		const names = (await described('nodes')).map(({ name }) => name);

		expect(names.sort()).toEqual([
			'n8n-nodes-celonis.celonis',
			'n8n-nodes-celonis.celonisTool',
			'n8n-nodes-celonis.celonisTrigger',
		]);
	});

	test('has two credentials', async () => {
		const names = (await described('credentials')).map(({ name }) => name);

		expect(names.sort()).toEqual(['celonisApi', 'celonisOAuth2Api']);
	});

	test.each(['nodes', 'credentials'] as const)('has light and dark icons: %s', async (kind) => {
		for (const { name, iconUrl } of await described(kind)) {
			expect({ name, iconUrl }).toEqual({
				name,
				iconUrl: { light: expect.any(String), dark: expect.any(String) },
			});
			for (const path of Object.values(iconUrl as object) as string[]) {
				expect(await n8n.api.send('GET', `/${path}`)).toContain('<svg');
			}
		}
	});

	test('n8n has sent no requests to other hosts', () => {
		expect(n8n.outside.requests).toEqual([]);
	});

	test('is listed among the community packages', async () => {
		const packages = await listedPackages(n8n.api);

		expect(packages).toMatchObject([
			{
				packageName: 'n8n-nodes-celonis',
				installedNodes: expect.arrayContaining([
					expect.objectContaining({ type: 'n8n-nodes-celonis.celonis' }),
					expect.objectContaining({ type: 'n8n-nodes-celonis.celonisTrigger' }),
				]),
			},
		]);
		expect(packages).not.toMatchObject([{ failedLoading: true }]);
	});
});
