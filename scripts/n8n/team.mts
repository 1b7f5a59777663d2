import { SetupError } from './setupError.mts';

export interface OAuth2Values {
	teamUrl: string;
	clientId: string;
	clientSecret: string;
	/** The credential's own default where it is not given. */
	scope?: string;
}

export interface KeyValues {
	teamUrl: string;
	keyType: 'appKey' | 'apiKey';
	authKey: string;
}

/** A Celonis team, and what there is to sign in to it with: at least one of the two. */
export interface Team {
	/** Set apart in n8n by this name; the simulator has none. */
	name?: string;
	url: string;
	oAuth2?: OAuth2Values;
	key?: KeyValues;
	/** Where the simulator shows what was pushed into its data pool. */
	tablesUrl?: string;
}

/** The real team that the environment describes, if it does; a `SetupError` when half of it is missing. */
export function teamFromEnvironment(env: NodeJS.ProcessEnv): Team | undefined {
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
	const teamUrl = origin(env.CELONIS_TEAM_URL);
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

function origin(teamUrl: string): string {
	try {
		return new URL(teamUrl).origin;
	} catch {
		throw new SetupError(
			`CELONIS_TEAM_URL is not an address: ${teamUrl}. It looks like https://my-team.eu-1.celonis.cloud.`,
		);
	}
}
