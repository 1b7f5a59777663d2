import { SetupError } from './setupError.mts';

export interface OAuth2Values {
	teamUrl: string;
	clientId: string;
	clientSecret: string;
	/** The credential's default if it is undefined. */
	scope?: string;
}

export interface KeyValues {
	teamUrl: string;
	keyType: 'appKey' | 'apiKey';
	authKey: string;
}

/** A Celonis team and its credentials: at least one of the two. */
export interface Team {
	/** The name of its credentials in n8n; the simulator has none. */
	name?: string;
	url: string;
	oAuth2?: OAuth2Values;
	key?: KeyValues;
	/** The page of the simulator's pushed tables. */
	tablesUrl?: string;
}

/** The real team from the environment, if there is one; a `SetupError` if it is incomplete. */
export function readTeamFromEnvironment(env: NodeJS.ProcessEnv): Team | undefined {
	const { CELONIS_APP_KEY: appKey, CELONIS_API_KEY: apiKey } = env;
	const { CELONIS_CLIENT_ID: clientId, CELONIS_CLIENT_SECRET: clientSecret } = env;
	if (!env.CELONIS_TEAM_URL) {
		if (appKey || apiKey || clientId || clientSecret) {
			throw new SetupError(
				'A Celonis key or client is set, but not the team: set CELONIS_TEAM_URL, such as https://my-team.eu-1.celonis.cloud.',
			);
		}
		return undefined;
	}
	const teamUrl = parseOrigin(env.CELONIS_TEAM_URL);
	const team: Team = { name: new URL(teamUrl).hostname, url: teamUrl };
	if (clientId && clientSecret) team.oAuth2 = { teamUrl, clientId, clientSecret };
	if (appKey) team.key = { teamUrl, keyType: 'appKey', authKey: appKey };
	else if (apiKey) team.key = { teamUrl, keyType: 'apiKey', authKey: apiKey };
	if (!team.oAuth2 && !team.key) {
		throw new SetupError(
			'CELONIS_TEAM_URL is set, but nothing to sign in with: set CELONIS_APP_KEY, CELONIS_API_KEY, or CELONIS_CLIENT_ID and CELONIS_CLIENT_SECRET. Without CELONIS_TEAM_URL a simulator is used.',
		);
	}
	return team;
}

function parseOrigin(teamUrl: string): string {
	try {
		return new URL(teamUrl).origin;
	} catch {
		throw new SetupError(
			`CELONIS_TEAM_URL is not an address: ${teamUrl}. It looks like https://my-team.eu-1.celonis.cloud.`,
		);
	}
}
