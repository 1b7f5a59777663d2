import { RestClient, RestError, type Login } from './rest.mts';

/** The account that `npm start` sets up. It guards a demonstration on this machine, and no secret. */
export const demoLogin: Login = { email: 'demo@example.com', password: 'Celonis-demo-1' };

/**
 * Signs in as the owner, after setting that account up where n8n has none yet.
 * False: n8n has an owner by now, with another e-mail or password.
 */
export async function signInAsOwner(api: RestClient, login: Login): Promise<boolean> {
	const { userManagement } = await api.get<Settings>('/rest/settings');
	if (userManagement.showSetupOnFirstLoad) {
		await api.post('/rest/owner/setup', { ...login, firstName: 'Demo', lastName: 'Owner' });
	}
	try {
		await api.login(login);
		return true;
	} catch (error) {
		if (error instanceof RestError && error.status === 401) return false;
		throw error;
	}
}

interface Settings {
	userManagement: { showSetupOnFirstLoad: boolean };
}
