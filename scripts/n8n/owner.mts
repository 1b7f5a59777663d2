import { RestClient, RestError, type Login } from './rest.mts';

/** The account that `npm start` creates. It protects a demonstration on this machine, and no secret. */
export const demoLogin: Login = { email: 'demo@example.com', password: 'Celonis-demo-1' };

/**
 * Signs in as the owner, and creates the account if n8n has none. False: n8n has another owner, or
 * another password.
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
