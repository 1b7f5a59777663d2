import { parseTeamOrigin } from '../../nodes/Celonis/http/teamUrl';
import { SetupError } from './setupError.mts';

export interface OAuth2Values {
	teamUrl: string;
	clientId: string;
	clientSecret: string;
	/** The credential's defaults where they are undefined. */
	scope?: string;
	/** Where the client secret is sent: in the body or in a Basic header. */
	authentication?: 'body' | 'header';
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
	const appKey = readVariable(env, 'CELONIS_APP_KEY');
	const apiKey = readVariable(env, 'CELONIS_API_KEY');
	const clientId = readVariable(env, 'CELONIS_CLIENT_ID');
	const clientSecret = readVariable(env, 'CELONIS_CLIENT_SECRET');
	const address = readVariable(env, 'CELONIS_TEAM_URL');
	requireBoth('CELONIS_CLIENT_ID', clientId, 'CELONIS_CLIENT_SECRET', clientSecret);
	const methods = Object.entries({
		CELONIS_APP_KEY: appKey,
		CELONIS_API_KEY: apiKey,
		CELONIS_CLIENT_ID: clientId,
	}).flatMap(([name, value]) => (value === undefined ? [] : [name]));
	if (methods.length > 1) {
		throw new SetupError(
			`${methods.slice(0, 2).join(' and ')} are both set. Choose one way to sign in, and unset the other.`,
		);
	}
	if (address === undefined) {
		if (methods.length === 0) return undefined;
		throw new SetupError(
			`${methods[0]} is set, but no team: set CELONIS_TEAM_URL, or unset it to use the simulator.`,
		);
	}
	const teamUrl = parseOrigin(address);
	const team: Team = { name: new URL(teamUrl).hostname, url: teamUrl };
	if (clientId && clientSecret) team.oAuth2 = { teamUrl, clientId, clientSecret };
	else if (appKey) team.key = { teamUrl, keyType: 'appKey', authKey: appKey };
	else if (apiKey) team.key = { teamUrl, keyType: 'apiKey', authKey: apiKey };
	else {
		throw new SetupError(
			'CELONIS_TEAM_URL is set without a key or client, such as CELONIS_APP_KEY: see CONTRIBUTING.md.',
		);
	}
	return team;
}

const VARIABLES = [
	'CELONIS_TEAM_URL',
	'CELONIS_CLIENT_ID',
	'CELONIS_CLIENT_SECRET',
	'CELONIS_APP_KEY',
	'CELONIS_API_KEY',
	'CELONIS_SIMULATE_LIKE',
];

/** Names of variables that look like settings of the team and are none: perhaps misspelled. */
export function findUnknownVariables(env: NodeJS.ProcessEnv): string[] {
	return Object.keys(env).filter(
		(name) => /^CELONIS_/i.test(name) && !VARIABLES.includes(name) && readVariable(env, name),
	);
}

/** The value of a variable without spaces around it; `undefined` if nothing is left. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
	return env[name]?.trim() || undefined;
}

function requireBoth(
	first: string,
	firstValue: string | undefined,
	second: string,
	secondValue: string | undefined,
): void {
	if ((firstValue === undefined) === (secondValue === undefined)) return;
	const [set, missing] = firstValue === undefined ? [second, first] : [first, second];
	throw new SetupError(`${set} is set without ${missing}. Set both, or neither.`);
}

/** The origin of the team's address; `https` is meant where there is no scheme. */
function parseOrigin(address: string): string {
	const url = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
	const origin = parseTeamOrigin(url);
	if (origin !== undefined) return origin;
	// The address is not shown: it may contain a password.
	throw new SetupError(
		/^http:/i.test(url)
			? 'CELONIS_TEAM_URL starts with http://, which would send the key unencrypted. Use https://.'
			: 'CELONIS_TEAM_URL is not the address of a team, such as https://my-team.eu-1.celonis.cloud.',
	);
}
