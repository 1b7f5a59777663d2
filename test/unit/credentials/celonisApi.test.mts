import { describe, expect, it } from '@jest/globals';
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { CelonisApi } from '../../../credentials/CelonisApi.credentials';

const teamUrl = 'https://team.eu-1.celonis.cloud/ui/';
const credential = { teamUrl, keyType: 'appKey', authKey: 'not-a-secret' };

const authenticate = async (
	request: Partial<IHttpRequestOptions> & { uri?: string },
	data: ICredentialDataDecryptedObject = credential,
) => await new CelonisApi().authenticate(data, request as IHttpRequestOptions);

describe('the key credential', () => {
	it.each([
		['appKey', 'AppKey not-a-secret'],
		['apiKey', 'Bearer not-a-secret'],
	])('adds a key of type %s to the headers as %s', async (keyType, expected) => {
		const request = { url: 'https://team.eu-1.celonis.cloud/x', headers: { Accept: 'text/csv' } };
		const { headers } = await authenticate(request, { ...credential, keyType });
		expect(headers).toEqual({ Accept: 'text/csv', Authorization: expected });
	});

	it.each([
		{ url: 'https://team.eu-1.celonis.cloud/x' },
		{ url: '/x', baseURL: 'https://team.eu-1.celonis.cloud' },
		{ uri: 'https://team.eu-1.celonis.cloud:443/x' },
	])('sends the key to the team: %p', async (request) => {
		expect((await authenticate(request)).headers).toHaveProperty('Authorization');
	});

	it.each([
		{ url: 'https://example.com/x' },
		{ url: 'http://team.eu-1.celonis.cloud/x' },
		{ url: 'https://team.eu-1.celonis.cloud:8443/x' },
		{ url: 'https://team.eu-1.celonis.cloud.example.com/x' },
		{ url: 'https://team.eu-1.celonis.cloud@example.com/x' },
		{ url: '//example.com/x', baseURL: 'https://team.eu-1.celonis.cloud' },
		{ uri: 'https://example.com/x' },
		{},
	])('sends the key to no other origin: %p', async (request) => {
		await expect(authenticate(request)).rejects.toThrow();
	});

	it('does not send the key if the team URL is invalid', async () => {
		const invalid = { ...credential, teamUrl: 'http://team.eu-1.celonis.cloud' };
		await expect(
			authenticate({ url: 'http://team.eu-1.celonis.cloud/x' }, invalid),
		).rejects.toThrow("It must start with 'https://'");
	});
});
