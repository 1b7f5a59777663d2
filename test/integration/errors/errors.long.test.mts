import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { interpolateApiTerms } from '../../../nodes/Celonis/errors/apis';
import {
	ERROR_CATALOG,
	type ErrorCode,
	type ErrorDefinition,
} from '../../../nodes/Celonis/errors/catalog';
import { addEvent, openTeam, getOutcome, type Team } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';
import { skipPauses } from '../../support/pauses.mts';
import { scenarios, type Scenario } from './scenarios.mts';

/** n8n's error, as users see it. */
interface ShownError {
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly failure?: IDataObject;
}

/** Between them, the two nodes use both ways to sign in and both versions of the API. */
const CASES = [
	['node', 'oAuth2', 'v2'],
	['trigger', 'key', 'v1'],
] as const;
type Connection = readonly ['oAuth2' | 'key', 'v2' | 'v1'];
type Case = [number, 'node' | 'trigger', ...Connection, Scenario];

const ATTEMPTS = { never: 1, once: 2, backoff: 5 };

/** What a user sees, and how many requests were sent. */
interface Failure {
	readonly shown: ShownError;
	readonly requests: number;
}

const seen = new Map<ErrorCode, Set<string>>();

skipPauses();

afterAll(() => {
	const total = [...seen.values()].reduce((sum, { size }) => sum + size, 0);
	process.stdout.write(
		`Errors: ${seen.size} of ${Object.keys(ERROR_CATALOG).length} errors of the catalogue seen in n8n, in ${total} scenarios\n`,
	);
});

describe.each(Object.keys(ERROR_CATALOG) as ErrorCode[])('%s', (code) => {
	const definition: ErrorDefinition = ERROR_CATALOG[code];
	const scenarioOrList = scenarios[code];
	const list: readonly Scenario[] = 'arrange' in scenarioOrList ? [scenarioOrList] : scenarioOrList;
	const cases = list.flatMap((scenario, index) =>
		CASES.filter(([node]) => (scenario.node ?? node) === node).map(
			([node, authentication, apiVersion]): Case => [
				index + 1,
				node,
				scenario.authentication ?? authentication,
				apiVersion,
				scenario,
			],
		),
	);

	it.each(cases)('scenario %i: shown by the %s with %s and API %s', async (...testCase) => {
		const [index, node, authentication, apiVersion, scenario] = testCase;
		const team = await openTeam();
		const now = team.celonis.clock.now();
		for (let i = 0; i < 3; i++) addEvent(team, now - 1000 * i - 1000, i);
		const stop = new AbortController();
		const undo = await scenario.arrange(team, stop);
		try {
			const connection: Connection = [authentication, apiVersion];
			const { shown, requests } =
				node === 'node'
					? await runNode(team, connection, scenario, stop.signal)
					: await pollTrigger(team, connection, scenario);

			const { api = 'auditLog' } = scenario;
			expect(shown.message).toMatch(toPattern(interpolateApiTerms(api, definition.message), node));
			expect(shown.description?.startsWith(interpolateApiTerms(api, definition.hint))).toBe(true);
			if (scenario.expectedDetail) expect(shown.description).toContain(scenario.expectedDetail);
			if (definition.message.includes('{status}')) expect(shown.message).toContain(shown.httpCode);
			expect(shown.failure?.cause).toBe(definition.failure);
			if (requests > 0 && !scenario.rereads) expect(requests).toBe(ATTEMPTS[definition.retry]);
			expectNoSecrets(team, shown);
		} finally {
			undo?.();
		}
		seen.set(code, (seen.get(code) ?? new Set()).add(`${index} ${node} ${authentication}`));
	});
});

/** Runs the Celonis node. It fails, outputs no items, and names the input item. */
async function runNode(
	team: Team,
	connection: Connection,
	scenario: Scenario,
	stop: AbortSignal,
): Promise<Failure> {
	const from = new Date(team.celonis.clock.now() - 60_000).toISOString();
	const run = await team.n8n.run(
		loadWorkflow('list', { from, ...buildParameters(connection, scenario) }),
		[{ id: 'i-1' }],
		stop,
	);
	const { error, items } = getOutcome(run);
	expect(items).toEqual([]);
	expect(error).toMatchObject({ name: 'NodeApiError' });
	if (!scenario.parameters) expect(error).toMatchObject({ context: { itemIndex: 0 } });
	return { shown: error as unknown as ShownError, requests: countAttempts(team) };
}

/**
 * Polls after a start of n8n: the first poll only warns, so that the workflow becomes active. The next
 * one fails, and the saved state does not change.
 */
async function pollTrigger(
	team: Team,
	connection: Connection,
	scenario: Scenario,
): Promise<Failure> {
	const startDate = new Date(team.celonis.clock.now() - 60_000).toISOString();
	const parameters = { startFrom: 'date', startDate, ...buildParameters(connection, scenario) };
	const { budgetMs = 20_000, savedCursor } = scenario;
	const state = savedCursor === undefined ? {} : { cursor: savedCursor };
	const staticData = { 'node:Celonis Trigger': state };
	const workflow = loadWorkflow('trigger', parameters);
	const trigger = team.n8n.activate(workflow, { budgetMs, staticData });
	expect(await trigger.poll('trigger', 'init')).toBeNull();
	team.celonis.requests.splice(0);
	const shown = await trigger.poll('trigger', 'init').then(
		() => Promise.reject(new Error('Nothing failed')),
		(reason: unknown) => reason as ShownError,
	);
	expect(shown).toMatchObject({ name: 'NodeApiError' });
	expect(trigger.save()).toEqual({ 'node:Celonis Trigger': state });
	return { shown, requests: countAttempts(team) };
}

function buildParameters(
	[authentication, apiVersion]: Connection,
	{ options, parameters }: Scenario,
) {
	return { authentication, ...parameters, options: { apiVersion, ...options } };
}

/** Counts the requests for the log, or for the token. After a 401, n8n repeats the request once. */
function countAttempts({ celonis }: Team): number {
	const requests = celonis.requests.filter(({ path }) => path.startsWith('/log'));
	const isTokenRenewal = requests.every(({ status }) => status === 401) && requests.length === 2;
	return isTokenRenewal ? 1 : requests.length || celonis.requests.length;
}

/**
 * A pattern of a message; each placeholder matches any text that is not empty. The trigger adds since
 * when it fails.
 */
function toPattern(message: string, node: Case[1]): RegExp {
	const text = node === 'node' ? message : message.replace(/\.$/, '');
	const parts = text.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	const end = node === 'node' ? '' : "\\.? 'Celonis Trigger' has failed since \\S+\\.";
	return new RegExp(`^${parts.join('[^?{}]+')}${end}$`);
}

/** Searches everything in an error: message, stack, causes, context, node. */
function expectNoSecrets({ celonis, n8n }: Team, shown: unknown): void {
	const text = inspect(shown, { depth: 20, showHidden: true, maxStringLength: Infinity });
	const tokens = [...n8n.credentials.saved.values()].map(
		({ oauthTokenData }) => (oauthTokenData as IDataObject | undefined)?.access_token,
	);
	const secrets = [
		...celonis.access.oauthClients.map(({ clientSecret }) => clientSecret),
		...celonis.access.appKeys.map(({ key }) => key),
		...tokens,
		'not-a-secret',
	];
	for (const secret of secrets) if (secret) expect(text).not.toContain(secret);
}
