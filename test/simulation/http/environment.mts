import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { processMemory } from '../../../nodes/Celonis/trigger/processMemory';
import { resetInBody } from '../../celonis/faults/index.mts';
import type { RecordedRequest } from '../../celonis/requests.mts';
import { seededRandom } from '../../celonis/random.mts';
import { getRecords, grantFullAccess, openTeam, type Team } from '../../integration/n8n/team.mts';
import { loadWorkflow } from '../../integration/n8n/n8nHarness.mts';
import { replaceSleep } from '../../support/pauses.mts';
import type { Traffic } from '../celonis/exchange.mts';
import { formatFault, NetworkFaults, type NetworkFault } from '../celonis/networkFaults.mts';
import type { Batch } from '../history.mts';
import type { Activate } from '../n8n/activation.mts';
import { TEAM_HOST, type Plan } from '../plan/plan.mts';
import { createLog, type Environment } from '../run.mts';
import { VirtualTime } from '../time.mts';

/**
 * The whole trigger in n8n's own poll context, and Celonis behind real HTTP. Both clocks are
 * virtual: n8n's clock is `Date.now` and `performance.now`, and pauses of the node take virtual time.
 * `Math.random` gives 0, so that pauses before a retry are the same in each run. A response that hangs
 * would take real time: the connection is lost instead.
 */
export async function createHttpEnvironment(plan: Plan): Promise<Environment> {
	const time = new VirtualTime(plan.beginMs, plan.skewMs);
	jest.spyOn(Date, 'now').mockImplementation(time.hostNow);
	// Nobody can set this clock.
	jest.spyOn(performance, 'now').mockImplementation(() => time.server.now() + plan.skewMs);
	jest.spyOn(Math, 'random').mockReturnValue(0);
	replaceSleep(async (ms) => {
		const endMs = time.server.now() + ms;
		await new Promise((resolve) => setImmediate(resolve));
		time.server.advance(Math.max(0, endMs - time.server.now()));
	});

	const { behaviour, tokenLifeSeconds } = plan.server;
	const isAudit = plan.sourceName === 'auditLog';
	const log = createLog(plan.emissions, plan.seed);
	const team = await openTeam({
		...(isAudit ? { log } : { logins: { log } }),
		clock: time.server,
		behaviour: { ...behaviour, rateLimit: undefined },
		tokenLifeSeconds,
		seed: plan.seed,
	});
	grantFullAccess(team);
	const network = new NetworkFaults(seededRandom(plan.seed + 1), plan.network);
	const traffic: Traffic = { requests: 0, faults: 0, lines: [] };
	injectFaults(team, network, traffic);
	return {
		time,
		activate: createActivate(team, plan),
		traffic,
		beforePoll: () => network.beforePoll(time.server.now()),
		beforeActivation: () => {},
		selectTeam: () => {},
		getTeam: () => TEAM_HOST,
		heal: () => {
			network.heal();
			team.celonis.behaviour.pageTimeMs = 0;
		},
	};
}

function injectFaults({ celonis }: Team, network: NetworkFaults, traffic: Traffic): void {
	celonis.faults.decide = (request) => {
		traffic.requests++;
		const fault = network.drawFault(request.at, () => request);
		if (fault) traffic.faults++;
		traffic.lines?.push(formatRequest(request, fault));
		if (fault !== 'tokensExpire') return fault?.type === 'hang' ? resetInBody() : fault;
		celonis.tokens.expireAll();
		return undefined;
	};
}

function createActivate({ n8n }: Team, plan: Plan): Activate {
	return ({ settings, processId, saved }) => {
		const workflow = loadWorkflow('trigger', {
			source: plan.sourceName,
			...(plan.startMs !== undefined && {
				startFrom: 'date',
				startDate: new Date(plan.startMs).toISOString(),
			}),
			options: {
				apiVersion: settings.apiVersion,
				concurrency: settings.concurrency,
				lookback: settings.lookbackMs / 60_000,
				maxEventsPerPoll: settings.maxEvents,
				repeatLastBatch: settings.repeatLastBatch,
			},
		});
		// A process has an ID, and remembers the rest by node id: new ones simulate a new process.
		for (const node of workflow.nodes) node.id = processId;
		const trigger = n8n.activate(workflow, {
			staticData: saved === undefined ? undefined : (JSON.parse(saved) as IDataObject),
			budgetMs: plan.budgetMs,
		});
		return {
			poll: async (mode) => {
				Object.assign(processMemory, { processId });
				return toBatch(await trigger.poll('trigger', mode));
			},
			save: () => JSON.stringify(trigger.save()),
			get isChanged() {
				return JSON.stringify(trigger.save()) !== saved;
			},
		};
	};
}

function toBatch(items: IDataObject[] | null): Batch | null {
	if (items === null) return null;
	const records = getRecords(items);
	return items.map(({ eventId }, i) => ({
		eventId: String(eventId),
		team: TEAM_HOST,
		record: records[i] ?? {},
	}));
}

function formatRequest({ path, query }: RecordedRequest, fault: NetworkFault | undefined): string {
	return `${path} ${JSON.stringify(query)}${formatFault(fault)}`;
}
