import { setTimeout as delay } from 'node:timers/promises';
import { buildAuthorization } from '../../nodes/Celonis/http/authKey';
import { readTeamFromEnvironment, type Team } from '../../scripts/n8n/team.mts';
import { SetupError } from '../../scripts/n8n/setupError.mts';
import { wrap } from '../../scripts/n8n/wrap.mts';
import { printLine } from '../../scripts/printLine.mts';
import { LIST_APIS } from '../../scripts/probe/apis.mts';
import { requestToken, signIn, type Authorizations } from '../../scripts/probe/access.mts';
import { ProbeClient } from '../../scripts/probe/client.mts';
import { APIS } from '../../scripts/probe/facts.mts';
import { isObject } from '../../scripts/probe/fields.mts';
import { Findings } from '../../scripts/probe/findings.mts';
import { HeaderNotes } from '../../scripts/probe/headers.mts';
import { LogReader } from '../../scripts/probe/logReader.mts';
import { fullAccessClient } from '../celonis/access.mts';
import { createCompanyTeam } from '../celonis/company/team.mts';
import { permissionsPath } from '../celonis/permissions.mts';
import { startSimulator, type Simulator } from '../celonis/simulator.mts';
import { AREAS, VARIABLE, type Area, type Subject } from './subject.mts';

const DAY_MS = 86_400_000;
/** Later than most events appear. */
const SETTLE_MS = 15 * 60_000;
const MIN_EVENTS = 5;
const PERMISSIONS_SCOPE = 'authorization.permissions:read';

/**
 * Finds the team of the environment, or starts a simulated one, and finds out what can be read. Returns
 * what the tests need in their environment, and what stops the simulated team.
 */
export async function setUp(env: NodeJS.ProcessEnv): Promise<{
	readonly environment: Readonly<Record<string, string>>;
	readonly close: () => Promise<void>;
}> {
	const real = readTeamFromEnvironment(env);
	if (!real) {
		printLine(
			wrap(
				'No team is set: the tests read a simulated one. Set CELONIS_TEAM_URL and a key or client to test a real one.',
			),
		);
	}
	const simulator = real ? undefined : await startTeam();
	const team = real ?? toTeam(simulator!);
	const subject = await examine(team);
	if (subject.readable.length === 0) {
		await simulator?.close();
		throw new SetupError(
			'The credential may read none of the logs of this team, so there is nothing to test. npm run probe says why.',
		);
	}
	const unreadable = AREAS.filter((area) => !subject.readable.includes(area));
	if (unreadable.length > 0) {
		printLine(`The credential may not read: ${unreadable.join(', ')}. Their tests are skipped.`);
	}
	return {
		environment: { [VARIABLE]: JSON.stringify(subject) },
		close: async () => await simulator?.close(),
	};
}

async function startTeam(): Promise<Simulator> {
	const growth = { eventsPerMinute: 4, lateShare: 0.05, maxLatenessMs: 60_000 };
	return await startSimulator({ seed: 1, ...createCompanyTeam(1, Date.now(), growth) });
}

function toTeam({ url }: Simulator): Team {
	const { clientId, clientSecret } = fullAccessClient;
	return { url, oAuth2: { teamUrl: url, clientId, clientSecret } };
}

async function examine(team: Team): Promise<Subject> {
	const findings = new Findings();
	const clock = { now: () => Date.now(), sleep: (ms: number) => delay(ms) };
	const { signal } = new AbortController();
	const client = new ProbeClient({ url: team.url, clock, signal, notes: new HeaderNotes() });
	const authorizations = await signIn(client, team, findings);
	const settledMs = Date.now() - SETTLE_MS;
	const readable: Area[] = [];
	const filled: Area[] = [];
	for (const api of APIS) {
		const authorization = authorizations.get(api);
		if (authorization === undefined) continue;
		const reader = new LogReader(LIST_APIS[api], client, () => authorization);
		const window = api === 'members' ? {} : { fromMs: settledMs - 7 * DAY_MS, toMs: settledMs };
		const { pages, records } = await reader.list(window, MIN_EVENTS, { maxPages: 1 });
		if (pages.length > 0) readable.push(api);
		if (records.length >= MIN_EVENTS) filled.push(api);
	}
	const permissions = await signInForPermissions(client, team, findings);
	if (permissions !== undefined) {
		const { access, json } = await client.get(permissionsPath, {}, permissions);
		if (access === 'ok') readable.push('permissions');
		const list = isObject(json) ? json.permissions : undefined;
		if (Array.isArray(list) && list.length > 0) filled.push('permissions');
	}
	const withPermissions = readable.includes('permissions');
	const scoped = withScopes(team, findings, authorizations, withPermissions);
	return { team: scoped, readable, filled, settledMs };
}

/** The `Authorization` header for the list of permissions, which a probe does not read. */
async function signInForPermissions(
	client: ProbeClient,
	{ oAuth2, key }: Team,
	findings: Findings,
): Promise<string | undefined> {
	if (key) return buildAuthorization(key.keyType, key.authKey);
	const method = getSeen(findings, 'token.authentication') === 'basic' ? 'basic' : 'post';
	const token = await requestToken(client, oAuth2!, PERMISSIONS_SCOPE, method);
	return token === undefined ? undefined : `Bearer ${token}`;
}

/** What was seen of a fact that is a word. */
function getSeen(findings: Findings, id: string): string | undefined {
	const finding = findings.list().find((each) => each.id === id);
	return finding && finding.verdict !== 'not seen' ? String(finding.seen) : undefined;
}

/**
 * The team with the scopes that are granted, since a request for one that the client lacks would fail as
 * a whole, and with the place where the client secret is taken.
 */
function withScopes(
	team: Team,
	findings: Findings,
	authorizations: Authorizations,
	withPermissions: boolean,
): Team {
	const { oAuth2 } = team;
	if (!oAuth2) return team;
	const scope = [
		authorizations.has('v2') && getSeen(findings, 'token.scope'),
		authorizations.has('logins') && 'team.login-history:read',
		authorizations.has('members') && 'team.user-group-info:read',
		withPermissions && PERMISSIONS_SCOPE,
	]
		.filter((text) => typeof text === 'string')
		.join(' ');
	const authentication = getSeen(findings, 'token.authentication') === 'basic' ? 'header' : 'body';
	return { ...team, oAuth2: { ...oAuth2, scope, authentication } };
}
