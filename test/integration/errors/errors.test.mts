import { inspect } from 'node:util';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { interpolateApiTerms } from '../../../nodes/Celonis/errors/apis';
import {
	ERROR_CATALOG,
	type ErrorCode,
	type ErrorDefinition,
} from '../../../nodes/Celonis/errors/catalog';
import { addEvent, openTeam, getOutcome, type Team } from '../n8n/team.mts';
import { loadWorkflow } from '../n8n/n8nHarness.mts';
import { scenarios, type Scenario } from './scenarios.mts';

interface Shown {
	readonly message: string;
	readonly description?: string | null;
	readonly httpCode?: string | null;
	readonly failure?: IDataObject;
}

const ways = [
	['oAuth2', 'v2'],
	['key', 'v1'],
] as const;
type Way = readonly [(typeof ways)[number][0], (typeof ways)[number][1]];

const PLACES = ['node', 'trigger'] as const;
type Case = [number, (typeof PLACES)[number], ...Way, Scenario];

const TRIES = { never: 1, once: 2, backoff: 5 };

/** What a user gets to see, and how many requests it took. */
interface Failure {
	readonly shown: Shown;
	readonly requests: number;
}

const seen = new Map<ErrorCode, Set<string>>();

beforeEach(() => {
	// Pauses before a retry are as short as chance allows.
	jest.spyOn(Math, 'random').mockReturnValue(0);
});

afterEach(() => {
	jest.restoreAllMocks();
});

afterAll(() => {
	const whole = [...seen.values()].reduce((sum, { size }) => sum + size, 0);
	process.stdout.write(
		`Errors: ${seen.size} of ${Object.keys(ERROR_CATALOG).length} rows of the table seen in n8n, in ${whole} ways\n`,
	);
});

describe.each(Object.keys(ERROR_CATALOG) as ErrorCode[])('%s', (kind) => {
	const known = scenarios[kind];
	const list: readonly Scenario[] = 'arrange' in known ? [known] : known;
	const cases: Case[] = list.flatMap((scenario, index) =>
		ways
			.filter(([authentication]) => (scenario.with ?? authentication) === authentication)
			.flatMap((way) =>
				PLACES.filter((place) => (scenario.in ?? place) === place).map(
					(place): Case => [index + 1, place, ...way, scenario],
				),
			),
	);

	it.each(cases)('%i is told by the %s with %s and API %s', async (...given) => {
		const [index, place, authentication, apiVersion, scenario] = given;
		const row: ErrorDefinition = ERROR_CATALOG[kind];
		const team = await openTeam();
		const now = team.celonis.clock.now();
		for (let i = 0; i < 3; i++) addEvent(team, now - 1000 * i - 1000, i);
		const undo = await scenario.arrange(team);
		try {
			const fail = place === 'node' ? failureOfNode : failureOfTrigger;
			const { shown, requests } = await fail(team, [authentication, apiVersion], scenario);

			expect(shown.message).toMatch(patternOf(interpolateApiTerms('auditLog', row.message)));
			expect(shown.description?.startsWith(interpolateApiTerms('auditLog', row.hint))).toBe(true);
			if (scenario.says) expect(shown.description).toContain(scenario.says);
			if (row.message.includes('{status}')) expect(shown.message).toContain(shown.httpCode);
			expect(shown.failure?.cause).toBe(row.failure);
			if (requests > 0 && !scenario.readsAgain) expect(requests).toBe(TRIES[row.retry]);
			expectNoSecrets(team, shown);
		} finally {
			undo?.();
		}
		seen.set(kind, (seen.get(kind) ?? new Set()).add(`${index} ${place} ${authentication}`));
	});
});

/** Runs the Celonis node: it fails, gives no items, and says for which input item. */
async function failureOfNode(team: Team, way: Way, scenario: Scenario): Promise<Failure> {
	const from = new Date(team.celonis.clock.now() - 60_000).toISOString();
	const { cancelAfterMs } = scenario;
	const run = await team.n8n.run(
		loadWorkflow('list', { from, ...parametersOf(way, scenario) }),
		undefined,
		cancelAfterMs === undefined ? undefined : AbortSignal.timeout(cancelAfterMs),
	);
	const { error, items } = getOutcome(run);
	expect(items).toEqual([]);
	expect(error).toMatchObject({ name: 'NodeApiError' });
	if (!scenario.parameters) expect(error).toMatchObject({ context: { itemIndex: 0 } });
	return { shown: error as unknown as Shown, requests: requestsOf(team) };
}

/** Polls once: it fails, and no position is saved. */
async function failureOfTrigger(team: Team, way: Way, scenario: Scenario): Promise<Failure> {
	const startDate = new Date(team.celonis.clock.now() - 60_000).toISOString();
	const parameters = { startFrom: 'date', startDate, ...parametersOf(way, scenario) };
	const { budgetMs = 20_000 } = scenario;
	const trigger = team.n8n.activate(loadWorkflow('trigger', parameters), { budgetMs });
	const shown = await trigger.poll().then(
		() => Promise.reject(new Error('Nothing failed')),
		(reason: unknown) => reason as Shown,
	);
	expect(shown).toMatchObject({ name: 'NodeApiError' });
	expect(trigger.save()).toEqual({ 'node:Celonis Trigger': {} });
	return { shown, requests: requestsOf(team) };
}

function parametersOf([authentication, apiVersion]: Way, { options, parameters }: Scenario) {
	return { authentication, ...parameters, options: { apiVersion, ...options } };
}

/** How often was asked for what went wrong: the log, or the token. A new token after a 401 is n8n's. */
function requestsOf({ celonis }: Team): number {
	const asked = celonis.requests.filter(({ path }) => path.startsWith('/log'));
	const isRenewed = asked.every(({ status }) => status === 401) && asked.length === 2;
	return isRenewed ? 1 : asked.length || celonis.requests.length;
}

/** A title whose placeholders stand for anything but nothing. */
function patternOf(title: string): RegExp {
	const parts = title.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('[^?{}]+')}$`);
}

/** Looks through everything that hangs on an error: message, stack, causes, context, node. */
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
