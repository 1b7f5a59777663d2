import { createFingerprint, type DemoState } from './demoState.mts';
import { RestError, type RestClient } from './rest.mts';
import type { Team } from './team.mts';

export interface CredentialReference {
	id: string;
	name: string;
}

/** By credential type, as a node refers to them. */
export type CredentialReferences = Partial<
	Record<'celonisOAuth2Api' | 'celonisApi', CredentialReference>
>;

/**
 * Creates the credentials of a team, or updates those of an earlier start if the team's values have
 * changed. Other changes that the user made in n8n stay.
 */
export async function provideCredentials(
	api: RestClient,
	team: Team,
	state: DemoState,
): Promise<CredentialReferences> {
	const references: CredentialReferences = {};
	const suffix = team.name ? ` (${team.name})` : ' (simulator)';
	if (team.oAuth2) {
		const name = `Celonis OAuth2${suffix}`;
		references.celonisOAuth2Api = await saveCredential(
			api,
			name,
			'celonisOAuth2Api',
			team.oAuth2,
			state,
		);
	}
	if (team.key) {
		const name = `Celonis key${suffix}`;
		references.celonisApi = await saveCredential(api, name, 'celonisApi', team.key, state);
	}
	return references;
}

async function saveCredential(
	api: RestClient,
	name: string,
	type: keyof CredentialReferences,
	values: object,
	state: DemoState,
): Promise<CredentialReference> {
	const written = createFingerprint(values);
	const existing = await api.get<Array<{ id: string; name: string }>>('/rest/credentials');
	const known = state.credentials[name];
	const found = existing.find(({ id }) => id === known?.id);
	if (found) {
		if (known?.written !== written) {
			await api.patch(`/rest/credentials/${found.id}`, { name: found.name, type, data: values });
		}
		state.credentials[name] = { id: found.id, written };
		return { id: found.id, name: found.name };
	}
	const { id } = await api.post<{ id: string }>('/rest/credentials', { name, type, data: values });
	state.credentials[name] = { id, written };
	return { id, name };
}

/** Tests the credentials of a team as n8n's credential dialog does. Returns what is wrong, or ''. */
export async function testCredentials(
	api: RestClient,
	team: Team,
	references: CredentialReferences,
): Promise<string> {
	const values = { celonisOAuth2Api: team.oAuth2, celonisApi: team.key };
	for (const type of ['celonisOAuth2Api', 'celonisApi'] as const) {
		const reference = references[type];
		if (!reference) continue;
		const credentials = { ...reference, type, data: values[type] };
		const test = api.post<TestResult>('/rest/credentials/test', { credentials }, MAX_TEST_MS);
		const { status, message } = await test.catch((error: Error): TestResult => {
			if (error instanceof RestError) throw error;
			return { status: 'Error', message: `ETIMEDOUT: no answer in ${MAX_TEST_MS / 1000} s` };
		});
		if (status !== 'OK') return message;
	}
	return '';
}

const MAX_TEST_MS = 20_000;

interface TestResult {
	status: 'OK' | 'Error';
	message: string;
}
