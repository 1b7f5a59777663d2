import type { RestClient } from '../../../scripts/n8n/rest.mts';

/** Creates an API key that may list workflows and executions, as "n8n API" in n8n's settings does. */
export async function createApiKey(api: RestClient): Promise<string> {
	const scopes = ['workflow:list', 'workflow:read', 'execution:list', 'execution:read'];
	const { rawApiKey } = await api.post<{ rawApiKey: string }>('/rest/api-keys', {
		label: 'Watchdog',
		scopes,
		expiresAt: null,
	});
	return rawApiKey;
}
