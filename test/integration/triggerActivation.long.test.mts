import { beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PollContext } from 'n8n-core';
import type { Logger, WorkflowActivateMode } from 'n8n-workflow';
import { findFreePort } from '../../scripts/n8n/ports.mts';
import { runningClock } from '../celonis/clock.mts';
import type { InjectedFault } from '../celonis/faults/faultInjector.mts';
import * as faults from '../celonis/faults/index.mts';
import { tokenPath } from '../celonis/tokenEndpoint.mts';
import { skipPauses } from '../support/pauses.mts';
import { loadWorkflow, type ParameterChanges } from './n8n/n8nHarness.mts';
import { ENGINES, type PublishedTrigger } from './n8n/publishedTrigger.mts';
import { addEvent, getNumbers, openTeam, type Team } from './n8n/team.mts';

type EngineName = keyof typeof ENGINES;

const START_MODES = ['init', 'leadershipChange'] as const;
const PUBLICATION_MODES = ['activate', 'create', 'update'] as const;
const MODES: readonly WorkflowActivateMode[] = [...START_MODES, ...PUBLICATION_MODES];
/** The unit tests have all modes for all faults. */
const SOME_MODES = ['init', 'update'] as const;

/** A fault, and what ends it. */
interface Outage {
	readonly authentication?: 'oAuth2' | 'key';
	/** Begins the fault; the result ends it. */
	begin(published: Published): (() => void) | Promise<() => void>;
	/** The error that a failed execution, or a refused publication, shows. */
	readonly message: RegExp;
}

/** A trigger of a simulated team, in an n8n. */
interface Published extends PublishedTrigger {
	readonly team: Team;
	setParameters(changes: ParameterChanges): void;
}

const injectAlways = (fault: InjectedFault) => ({
	begin: ({ team }: Published) => {
		team.celonis.faults.always({}, fault);
		return () => team.celonis.faults.clear();
	},
});

const changeCredential = (
	getChanges: (team: Team) => Record<string, string> | Promise<Record<string, string>>,
) => ({
	begin: async ({ team }: Published) => {
		const { saved } = team.n8n.credentials;
		const before = new Map(saved);
		const changes = await getChanges(team);
		for (const [id, data] of before) saved.set(id, { ...data, ...changes });
		return () => before.forEach((data, id) => saved.set(id, data));
	},
});

/** What passes by itself. */
const PASSING: Readonly<Record<string, Outage>> = {
	'a refused port': {
		...changeCredential(async () => ({
			teamUrl: `http://127.0.0.1:${await findFreePort()}`,
		})),
		message: /could not connect to Celonis \(ECONNREFUSED\)/,
	},
	'a host name that is not resolved': {
		...changeCredential(() => ({ teamUrl: 'https://your-team.eu-1.celonis.invalid' })),
		message: /could not be resolved/,
	},
	'no TLS': {
		...changeCredential(({ celonis }) => ({ teamUrl: celonis.url.replace('http:', 'https:') })),
		message: /The TLS connection to Celonis failed/,
	},
	'a reset connection': {
		...injectAlways(faults.resetBeforeResponse()),
		message: /The connection to Celonis was lost/,
	},
	'status 503': { ...injectAlways(faults.serverError(503)), message: /returned 503/ },
	'status 500': { ...injectAlways(faults.serverError(500)), message: /returned 500/ },
	'a rate limit for an hour': {
		...injectAlways(faults.rateLimited({ 'retry-after': '3600' })),
		message: /returned 429/,
	},
	'a server that hangs': {
		begin: (published) => {
			published.setParameters({ options: { timeout: 0.05 } });
			return injectAlways(faults.hang()).begin(published);
		},
		message: /Celonis did not respond in time/,
	},
	'a maintenance page': {
		...injectAlways(faults.htmlPage()),
		message: /the response is a web page/,
	},
	'a maintenance page at the token endpoint': {
		authentication: 'oAuth2',
		begin: ({ team: { celonis } }) => {
			celonis.tokens.expireAll();
			celonis.faults.always({ when: { path: tokenPath } }, faults.htmlPage());
			return () => celonis.faults.clear();
		},
		message: /The token endpoint of Celonis is not available/,
	},
	'a redirect': {
		...injectAlways(faults.redirectTo('https://status.example.com/')),
		message: /returned 302/,
	},
	'JSON of another service': {
		...injectAlways(faults.unrelatedJson()),
		message: /JSON in another format/,
	},
	'an empty answer': { ...injectAlways(faults.emptyOk()), message: /the response is empty/ },
};

/** What a person has to mend. */
const FOR_A_PERSON: Readonly<Record<string, Outage>> = {
	'a revoked key': {
		begin: ({ team: { celonis } }) => {
			const keys = celonis.access.appKeys.splice(0);
			return () => celonis.access.appKeys.push(...keys);
		},
		message: /returned 401: the credential was rejected/,
	},
	'a client with a wrong secret': {
		...changeCredential(({ celonis }) => {
			celonis.tokens.expireAll();
			return { clientSecret: 'not-a-secret-wrong' };
		}),
		authentication: 'oAuth2',
		message: /invalid_client/,
	},
	'a missing permission': {
		begin: ({ team: { celonis } }) => {
			const [key] = celonis.access.appKeys;
			key!.auditLogPermission = false;
			return () => (key!.auditLogPermission = true);
		},
		message: /returned 403/,
	},
	'a team URL that is none': {
		...changeCredential(() => ({ teamUrl: 'http://celonis.example.com' })),
		message: /The team URL of the credential is invalid/,
	},
	'a deleted credential': {
		begin: ({ team: { n8n } }) => {
			const before = new Map(n8n.credentials.saved);
			n8n.credentials.saved.clear();
			return () => before.forEach((data, id) => n8n.credentials.saved.set(id, data));
		},
		message: /No credential key/,
	},
	'an invalid parameter': {
		begin: (published) => {
			published.setParameters({ options: { lookback: 'ten' } });
			return () => published.setParameters({ options: {} });
		},
		message: /'Lookback \(Minutes\)': "ten"/,
	},
};

const warn = jest.fn<Logger['warn']>();
const getWarnings = () => warn.mock.calls.map(([message]) => message);

skipPauses();
beforeEach(() => {
	warn.mockReset();
	const logger: Partial<Logger> = { warn, debug: () => {}, info: () => {}, error: () => {} };
	jest.spyOn(PollContext.prototype, 'logger', 'get').mockReturnValue(logger as never);
});

let workflows = 0;

/** Publishes a trigger for a team whose clock is right. n8n has not polled it. */
async function publish(engine: EngineName, { authentication = 'key' }: Partial<Outage> = {}) {
	const team = await openTeam({ clock: runningClock() });
	const id = `activation-${++workflows}`;
	const workflow = { ...loadWorkflow('trigger', { authentication }), id };
	const trigger = new ENGINES[engine](team.n8n, workflow);
	const published: Published = {
		team,
		activate: async (mode) => await trigger.activate(mode),
		poll: async () => await trigger.poll(),
		setParameters: (changes) => Object.assign(workflow.nodes[0]!.parameters, changes),
	};
	return published;
}

/** A trigger that n8n has polled before, with a saved position. */
async function publishPolled(engine: EngineName, fault?: Outage): Promise<Published> {
	const published = await publish(engine, fault);
	expect(await published.activate('activate')).toBeNull();
	happen(published, 'before');
	expect(getNumbers(await published.poll())).toEqual(['before']);
	return published;
}

/** An event happens now. */
function happen({ team }: Published, name: string, agoMs = 0): void {
	addEvent(team, team.celonis.clock.now() - agoMs, name);
}

/** Polls until a poll delivers nothing. */
async function collect(published: Published): Promise<unknown[]> {
	const delivered: unknown[] = [];
	for (;;) {
		const items = await published.poll();
		if (!items) return delivered;
		delivered.push(...getNumbers(items));
	}
}

describe.each(Object.keys(ENGINES) as EngineName[])('on the %s engine', (engine) => {
	describe.each(Object.entries(PASSING))('%s', (_name, fault) => {
		it.each(SOME_MODES)('refuses no activation, and nothing is lost (mode %s)', async (mode) => {
			const published = await publishPolled(engine, fault);
			const end = await fault.begin(published);
			happen(published, 'down');
			expect(await published.activate(mode)).toBeNull();
			expect(getWarnings()).toEqual([expect.stringMatching(fault.message)]);

			const message = expect.stringMatching(fault.message);
			await expect(published.poll()).rejects.toMatchObject({ message });
			await expect(published.poll()).rejects.toMatchObject({ message });
			expect(warn).toHaveBeenCalledTimes(1);

			end();
			happen(published, 'up');
			expect(await collect(published)).toEqual(['down', 'up']);
		});
	});

	describe.each(Object.entries(FOR_A_PERSON))('%s', (_name, fault) => {
		it('refuses a publication, and says why', async () => {
			const published = await publishPolled(engine, fault);
			const end = await fault.begin(published);
			happen(published, 'refused');
			const message = expect.stringMatching(fault.message);
			for (let attempt = 0; attempt < 2; attempt++) {
				await expect(published.activate('update')).rejects.toMatchObject({ message });
			}
			expect(warn).not.toHaveBeenCalled();

			end();
			expect(getNumbers(await published.activate('update'))).toEqual(['refused']);
		});

		it('fails aloud after a start, and nothing is lost', async () => {
			const published = await publishPolled(engine, fault);
			const end = await fault.begin(published);
			happen(published, 'revoked');
			expect(await published.activate('init')).toBeNull();
			expect(getWarnings()).toEqual([expect.stringMatching(fault.message)]);
			const message = expect.stringMatching(fault.message);
			await expect(published.poll()).rejects.toMatchObject({ message });

			end();
			expect(await collect(published)).toEqual(['revoked']);
		});
	});

	it.each(MODES)(
		'starts with the activation where there is no position (mode %s)',
		async (mode) => {
			const published = await publish(engine);
			// The server's clock is known to the second.
			happen(published, 'too early', 2000);
			const end = await PASSING['status 503']!.begin(published);
			expect(await published.activate(mode)).toBeNull();
			happen(published, 'down');
			await expect(published.poll()).rejects.toMatchObject({ httpCode: '503' });
			happen(published, 'still down');
			end();
			expect(await collect(published)).toEqual(['down', 'still down']);
		},
	);

	it('starts with the first activation where several fail', async () => {
		const published = await publish(engine);
		const end = await PASSING['status 503']!.begin(published);
		for (const mode of MODES) {
			expect(await published.activate(mode)).toBeNull();
			happen(published, mode);
			await expect(published.poll()).rejects.toMatchObject({ httpCode: '503' });
		}
		end();
		expect(await collect(published)).toEqual(MODES);
	});

	it('keeps a start date', async () => {
		const published = await publish(engine);
		published.setParameters({ startFrom: 'date', startDate: '2020-01-01T00:00:00' });
		happen(published, 'since the date');
		const end = await PASSING['status 503']!.begin(published);
		expect(await published.activate('activate')).toBeNull();
		end();
		expect(await collect(published)).toEqual(['since the date']);
	});

	it('tolerates a second publication at once on the second attempt, at the latest', async () => {
		const published = await publishPolled(engine);
		await PASSING['status 503']!.begin(published);
		expect(await published.activate('update')).toBeNull();
		const again = async () => await published.activate('update').catch(() => 'refused');
		expect([await again(), await again()]).toContain(null);
	});

	it('warns without a secret', async () => {
		const published = await publishPolled(engine);
		const [{ key } = { key: '' }] = published.team.celonis.access.appKeys;
		const body = { detail: `The key ${key} is unknown` };
		published.team.celonis.faults.always({}, faults.respondWith(401, { body }));
		expect(await published.activate('init')).toBeNull();
		expect(JSON.stringify(warn.mock.calls)).toContain('The key *** is unknown');
		expect(JSON.stringify(warn.mock.calls)).not.toContain(key);
		expect(warn.mock.calls[0]?.[1]).toMatchObject({ nodeName: 'Celonis Trigger' });
	});
});

describe('the durable engine, restarted before the first poll by the schedule', () => {
	it('starts with that poll, even if it fails', async () => {
		const published = await publish('durable');
		const end = await PASSING['status 503']!.begin(published);
		await expect(published.poll()).rejects.toMatchObject({ httpCode: '503' });
		happen(published, 'down');
		end();
		expect(await collect(published)).toEqual(['down']);
	});
});

describe('a saved position that cannot be read', () => {
	const staticData = { 'node:Celonis Trigger': { cursor: { v: 99 } } };

	async function open(durableCursors: boolean) {
		const team = await openTeam({ clock: runningClock() });
		const workflow = { ...loadWorkflow('trigger'), id: `unreadable-${++workflows}` };
		return team.n8n.activate(workflow, { staticData: structuredClone(staticData), durableCursors });
	}

	const message = 'The saved position in the audit log cannot be read';
	const error = { message: expect.stringMatching(new RegExp(`^${message}`)) };

	it.each(PUBLICATION_MODES)(
		'refuses a publication in memory, and stays (mode %s)',
		async (mode) => {
			const trigger = await open(false);
			await expect(trigger.poll('trigger', mode)).rejects.toMatchObject(error);
			expect(trigger.save()).toEqual(staticData);
		},
	);

	it.each(START_MODES)('does not end the trigger at a start, and stays (mode %s)', async (mode) => {
		for (const durableCursors of [false, true]) {
			const trigger = await open(durableCursors);
			expect(await trigger.poll('trigger', mode)).toBeNull();
			expect(getWarnings().at(-1)).toContain(message);
			await expect(trigger.poll('trigger', mode)).rejects.toMatchObject(error);
			expect(trigger.save()).toEqual(staticData);
		}
	});
});

describe('the time limit of a poll', () => {
	it('is shorter at an activation, since n8n gives up a publication that takes long', async () => {
		const published = await publish('in-memory');
		const { celonis } = published.team;
		celonis.faults.always({}, faults.rateLimited({ 'retry-after': '60' }));
		expect(await published.activate('init')).toBeNull();
		expect(celonis.requests).toHaveLength(1);

		celonis.faults.clear();
		celonis.faults.next({}, faults.rateLimited({ 'retry-after': '60' }));
		happen(published, 'later');
		expect(getNumbers(await published.poll())).toEqual(['later']);
	});

	it('refuses no activation if it runs out', async () => {
		const team = await openTeam({ clock: runningClock() });
		team.celonis.faults.always({}, faults.hang());
		const workflow = { ...loadWorkflow('trigger'), id: `deadline-${++workflows}` };
		const trigger = team.n8n.activate(workflow, { budgetMs: 100 });
		expect(await trigger.poll()).toBeNull();
		await expect(trigger.poll()).rejects.toMatchObject({
			message: expect.stringMatching(/in time|ran out of time/),
		});
	});
});
